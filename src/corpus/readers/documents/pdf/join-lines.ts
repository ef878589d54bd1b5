/** Lines joined: the hyphen at a line's end is the typesetter's, or the word's own, as the other lines of the paper tell. */
import type { PageLine } from "./page-lines.ts";

/** The words of a paper as they stand whole on its lines. */
export interface KnownWords {
  readonly plain: ReadonlySet<string>;
  /** With their hyphens. */
  readonly hyphened: ReadonlySet<string>;
  /** Whether hyphens at line ends say that they are the typesetter's: then the others are the words' own. */
  readonly saysSoft: boolean;
}

const LINE_END = 60;
const HYPHENATED = /(\p{L}+)[-\u00ad‐]$/u;
const HYPHENED = /[\p{L}\d]+(?:[-‐][\p{L}\d]+)*[-\u00ad‐]$/u;
/** "pre- and post-training": the hyphen stands for a word to come. */
const SUSPENDED = /^(?:and|or|to|nor|und|oder)\b/;
/** The typesetter's, and the word's own. */
const HYPHENS = ["\u00ad", "-"];
/** Letters of a part from which it may be a word by itself. */
const LEAST_PART = 4;

export function knownWords(lines: readonly Pick<PageLine, "text">[]): KnownWords {
  const plain = new Set<string>();
  const hyphened = new Set<string>();
  for (const [at, { text }] of lines.entries()) {
    const isTail = HYPHENATED.test(lines[at - 1]?.text.slice(-LINE_END) ?? "");
    const whole = text.replace(/\p{L}{1,50}[-\u00ad‐]$/u, "").replace(isTail ? /^\p{L}+/u : /(?!)/, "");
    const lower = whole.toLowerCase();
    for (const word of lower.match(/\p{L}+/gu) ?? []) plain.add(word);
    for (const word of lower.match(/[\p{L}\d]{1,40}(?:[-‐][\p{L}\d]{1,40}){1,6}/gu) ?? []) hyphened.add(word);
  }
  return {
    plain,
    hyphened,
    saysSoft: HYPHENS.every((hyphen) => lines.some(({ text }) => text.endsWith(hyphen))),
  };
}

/** @param rarely a line's end parts no word without need: a title's */
export function joinLines(text: string, next: string, words: KnownWords, rarely = false): string {
  const end = text.slice(-LINE_END);
  const compound = HYPHENED.exec(end)?.[0];
  if (compound === undefined || SUSPENDED.test(next)) return `${text} ${next}`;
  const head = HYPHENATED.exec(end)?.[1];
  const tail = /^\p{Ll}+/u.exec(next)?.[0];
  if (head === undefined || tail === undefined)
    return /^[\p{L}\d]/u.test(next) ? text + next : `${text} ${next}`;
  const isOwn = isOwnHyphen(compound, head, tail, words, rarely);
  return isOwn ? text + next : text.slice(0, -1) + next;
}

function isOwnHyphen(
  compound: string,
  head: string,
  tail: string,
  words: KnownWords,
  rarely: boolean,
): boolean {
  if (words.saysSoft) return !compound.endsWith("\u00ad");
  if (words.hyphened.has((compound + tail).toLowerCase().replace(/‐/g, "-"))) return true;
  if (words.plain.has((head + tail).toLowerCase())) return false;
  if ((rarely && !compound.endsWith("\u00ad")) || /[-‐]./.test(compound)) return true;
  const isWord = (part: string) => part.length >= LEAST_PART && words.plain.has(part.toLowerCase());
  return isWord(head) && isWord(tail);
}
