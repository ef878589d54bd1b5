/** Words of a text: folded, where they stand, and each once. */
import { streamSafe } from "../util/strings.ts";
import { STOP_WORDS } from "./stop-words.ts";

const ASCII = /^[ -~\t\r\n]*$/;

/** Lower case, without diacritics: "Müller" and "muller" are one word. */
export function fold(text: string): string {
  // Most words are ASCII, and then there is nothing to take apart.
  if (ASCII.test(text)) return text.toLowerCase();
  return streamSafe(text).normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** A word of a text, where it stands. */
export interface Word {
  /** Folded, without apostrophes. */
  readonly text: string;
  readonly capital: boolean;
  /** UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
}

/** The words of a text in order, stop words too; "&" is "and". */
export function wordsIn(text: string): Word[] {
  return [...text.matchAll(/[\p{L}\p{N}]+(?:['’][\p{L}\p{N}]+)*|&/gu)].map(({ 0: word, index }) => ({
    capital: /\p{Lu}/u.test(word),
    text: word === "&" ? "and" : folded(word),
    start: index,
    end: index + word.length,
  }));
}

function folded(word: string): string {
  return streamSafe(word)
    .normalize("NFKD")
    .replace(/[\p{M}'’]/gu, "")
    .toLowerCase();
}

/** The words of a text, each once, folded but not stemmed, stop words left out; a compound gives its parts. */
export function wordsOf(text: string): string[] {
  const words = fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
  return [...new Set(words)].filter((word) => !STOP_WORDS.has(word));
}
