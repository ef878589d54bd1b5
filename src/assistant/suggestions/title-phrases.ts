import type { Paper } from "../../protocol.ts";
import { terms } from "../../text/terms.ts";

/** Words of a title in a row, none of them a function word or a number. */
export interface TitlePhrase {
  /** What makes two phrases one: the stems of their words. */
  readonly key: string;
  /** As it reads within a sentence: lower case, but for names and abbreviations. */
  readonly surface: string;
  readonly words: number;
  /** Nothing of the title goes on with it: "language models", not "large language". */
  readonly isWhole: boolean;
}

const WORD = /[\p{L}\p{N}]+(?:[-'’][\p{L}\p{N}]+)*/gu;
/** A capital or a digit behind the first letter: a name or an abbreviation. */
const NAME = /\p{L}[\p{Lu}\p{N}]/u;
/** Letters that a word has at least: "x ray" is no topic without its hyphen. */
const LETTERS = 3;
/** Between a topic and what is done with it. */
const PARTING = new Set("across among beyond toward towards using versus via vs within without".split(" "));
/** Words of a phrase. */
const FEWEST = 2;
const MOST = 3;

interface RowWord {
  readonly stems: readonly string[];
  readonly surface: string;
  readonly end: number;
}

/** The phrases of a title of two and of three words; none reaches over punctuation or a function word. */
export function titlePhrases(title: string): TitlePhrase[] {
  const found = new Map<string, TitlePhrase>();
  let row: RowWord[] = [];
  for (const match of title.matchAll(WORD)) {
    const [word] = match;
    const stems = terms(word);
    const isWord =
      stems.length > 0 && word.length >= LETTERS && /\p{L}/u.test(word) && !PARTING.has(word.toLowerCase());
    const isNext = title.slice(row.at(-1)?.end, match.index) === " ";
    if (!isWord || !isNext) {
      enter(found, row, true);
      row = [];
    }
    if (!isWord) continue;
    enter(found, row, false);
    row = [
      ...row.slice(1 - MOST),
      { stems, surface: NAME.test(word) ? word : word.toLowerCase(), end: match.index + word.length },
    ];
  }
  enter(found, row, true);
  return [...found.values()];
}

/** The phrases that end where the row does. */
function enter(found: Map<string, TitlePhrase>, row: readonly RowWord[], isWhole: boolean): void {
  for (let words = FEWEST; words <= row.length; words++) {
    const part = row.slice(-words);
    const key = part.flatMap((one) => one.stems).join(" ");
    found.set(key, { key, surface: part.map(({ surface }) => surface).join(" "), words, isWhole });
  }
}

/** Letters of a text that are looked through. */
const READ = 5000;

/**
 * A phrase of titles as abstracts write it within their sentences, in the plural where they mostly do: "Lie groups" for
 * "Lie Group". As it is, where no abstract has it.
 */
export function asWritten({ surface }: Pick<TitlePhrase, "surface">, abstracts: readonly string[]): string {
  const pattern = new RegExp(`(?<=[\\p{L}\\p{N},(“"]\\s?)\\b${patternOf(surface)}(?:s|es)?\\b`, "giu");
  const counts = new Map<string, number>();
  for (const abstract of abstracts)
    for (const [found] of abstract.slice(0, READ).matchAll(pattern)) {
      const form = found.replace(/\s+/g, " ");
      counts.set(form, (counts.get(form) ?? 0) + 1);
    }
  // Of forms as common that in small letters.
  return [...counts].sort(([a, one], [b, other]) => other - one || (a > b ? -1 : 1))[0]?.[0] ?? surface;
}

/** Of words, hyphens and apostrophes: nothing in it means anything else in a pattern. */
export function patternOf(phrase: string): string {
  return phrase.replaceAll(" ", "\\s+");
}

/** A single word before a colon that has a capital or a digit behind a letter: "DiffCSE: …", "word2vec: …". */
const HEAD_NAME = /^(?=\S{0,40}\p{L}['’]?[\p{Lu}\p{N}])([\p{L}\p{N}][\p{L}\p{N}+-]{1,40}):\s/u;
/** Several words before a colon: "Task Vectors: …". */
const HEAD = /^(?!(?:the|an?)\s)([^\s:“”]+(?:\s[^\s:“”]+){1,5}):\s/iu;
/** Characters of a title that reads well within a question. */
const LONGEST_TITLE = 90;

/** What a paper's work is called by its title, where it has a name there. */
export function shortNameOf({ title }: Pick<Paper, "title">): string | undefined {
  return HEAD_NAME.exec(title)?.[1];
}

interface Reading {
  /** Characters of a title. */
  readonly longest?: number;
  /** Whether no other title has these words, which then will do for this one. */
  readonly isOnly?: (words: string) => boolean;
}

/** As a question calls a paper: by its name, or by its title; undefined where that is too long to read well. */
export function calledInQuestion(
  paper: Pick<Paper, "title">,
  { longest = LONGEST_TITLE, isOnly = () => false }: Reading = {},
): string | undefined {
  const name = shortNameOf(paper);
  if (name !== undefined) return name;
  const head = HEAD.exec(paper.title)?.[1];
  if (head !== undefined && isOnly(head)) return `“${head}”`;
  return paper.title.length <= longest ? `“${paper.title}”` : undefined;
}
