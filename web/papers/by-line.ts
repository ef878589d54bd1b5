import type { Paper } from "../../src/protocol.ts";

/** Authors named before "et al." */
const NAMED = 6;

/** Who wrote it, when and where, as far as the corpus knows: "A. Turing, K. Gödel · 1936 · Proc. LMS". */
export function byLine({ authors = [], year, venue }: Pick<Paper, "authors" | "year" | "venue">): string {
  const named = authors.slice(0, NAMED).join(", ");
  const who = authors.length > NAMED ? `${named} et al.` : named;
  return [who, year, venue].filter(Boolean).join(" · ");
}
