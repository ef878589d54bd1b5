import { streamSafe } from "./stream-safe.ts";

/**
 * Text for comparing without regard to case, in any script. Upper case rather than lower: it also joins ß with ss
 * and both forms of sigma. NFKC joins composed and decomposed accents, ligatures and full-width letters.
 */
export function foldCase(text: string): string {
  return streamSafe(text).normalize("NFKC").toUpperCase();
}
