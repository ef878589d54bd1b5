/** The paper that is meant where nothing but X is asked for: "explain X", and X is no name but part of one, or a slip. */

import { STOP_WORDS } from "../text/stop-words.ts";
import { terms } from "../text/terms.ts";
import { UNKNOWN_TERM } from "../text/unknown-term.ts";
import { type Word, wordsIn } from "../text/words-in.ts";
import { isMisspelt } from "../util/is-misspelt.ts";
import { askedWhole } from "./asked-whole.ts";
import { paperNames, type Titled } from "./paper-names.ts";

/**
 * Abstracts found that may have the words at the head of a title, if they are to name it and no field of study: over the
 * seeds four heads that are coined are in 1 or 2 of the 25 papers found, four of fields in 4 and more.
 */
const SPEAKING = 3;

export interface WholePaper<T> {
  readonly paper: T;
  /** Indices of the words that name it. */
  readonly first: number;
  readonly last: number;
  readonly exact: false;
  /** One word that no paper has, like one of this paper's. */
  readonly guessed: boolean;
}

/** @returns one paper or none. @param idf inverse document frequency of a stemmed term in the corpus */
export function wholePaper<T>(
  question: string,
  words: readonly Word[],
  papers: readonly T[],
  textOf: (paper: T) => Titled,
  idf: (term: string) => number,
): WholePaper<T>[] {
  const place = askedWhole(question, words);
  if (place === undefined) return [];
  const name = words.slice(place.first, place.last + 1).map(({ text }) => text);
  const guessed = name.length === 1;
  const paper = guessed ? misspelt(name.join(), papers, textOf, idf) : headed(name, papers, textOf);
  return paper === undefined ? [] : [{ paper, ...place, exact: false, guessed }];
}

function misspelt<T>(
  word: string,
  papers: readonly T[],
  textOf: (paper: T) => Titled,
  idf: (term: string) => number,
): T | undefined {
  if (terms(word).some((term) => idf(term) < idf(UNKNOWN_TERM))) return undefined;
  return only(papers, (paper) => {
    const { title, short } = paperNames(textOf(paper));
    return [...title, ...short.map(({ words }) => words.join(""))].some((own) => isMisspelt(word, own));
  });
}

/** With these words at the head of its title, when no other title has them and few abstracts do. */
function headed<T>(
  name: readonly string[],
  papers: readonly T[],
  textOf: (paper: T) => Titled,
): T | undefined {
  const wanted = stemmed(name.join(" "));
  const titled = only(papers, (paper) => stemmed(textOf(paper).title).includes(wanted));
  const speaking = papers.filter((paper) => stemmed(textOf(paper).abstract).includes(wanted));
  if (titled === undefined || speaking.length > SPEAKING) return undefined;
  return isHead(name, textOf(titled).title) ? titled : undefined;
}

/** Whatever their number: "position encodings", "a position encoding". */
const stemmed = (text: string) => ` ${terms(text).join(" ")} `;

function only<T>(all: readonly T[], fits: (one: T) => boolean): T | undefined {
  const fitting = all.filter(fits);
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** The title begins with these words, and a function word or its colon follows; or they stand before its colon. */
function isHead(name: readonly string[], title: string): boolean {
  const [head = ""] = title.split(/[:?]\s/, 1);
  const own = wordsIn(head).map(({ text }) => text);
  const next = own[name.length];
  const holds = (from: number) => name.every((word, at) => isMisspelt(word, own[from + at] ?? ""));
  const begins = holds(0) && (next === undefined || STOP_WORDS.has(next));
  return begins || (head !== title && own.length > name.length && holds(own.length - name.length));
}
