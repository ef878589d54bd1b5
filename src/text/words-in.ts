import { streamSafe } from "../util/strings.ts";

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
