import { fold } from "./fold.ts";
import { STOP_WORDS } from "./stop-words.ts";

/** The words of a text, each once, folded but not stemmed, stop words left out; a compound gives its parts. */
export function wordsOf(text: string): string[] {
  const words = fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
  return [...new Set(words)].filter((word) => !STOP_WORDS.has(word));
}
