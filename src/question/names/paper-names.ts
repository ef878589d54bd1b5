/** What papers may be called by, and the papers that a question means without calling them so: "the X paper", "explain X", "X versus Y". */
import { readPaper } from "../../corpus/read-paper.ts";
import { STOP_WORDS } from "../../text/stop-words.ts";
import { terms, UNKNOWN_TERM } from "../../text/terms.ts";
import { type Word, wordsIn } from "../../text/words.ts";
import { isMisspelt } from "../../util/is-misspelt.ts";
import { oneLine } from "../../util/strings.ts";
import { finds, type Token, tokensOf } from "../language/phrases.ts";
import type { WordRange } from "../reading/asked-for.ts";

export interface Titled {
  readonly title: string;
  readonly abstract: string;
}

/** In folded words. */
interface PaperNames {
  /** The title without function words. */
  readonly title: readonly string[];
  /** The part before its colon, its initials, a name in brackets, the coined words of its abstract. */
  readonly short: readonly ShortName[];
}

export interface ShortName {
  readonly name: string;
  readonly words: readonly string[];
}

/** A coined word has a capital or digit inside: "DiffCSE", "word2vec", but not "Fine-Tuning". */
const COINED = /\p{L}['’]*[\p{Lu}\p{N}]/u;
/** Where an abstract says how its own work is called: "we propose SampleAttention". */
const CHRISTENED =
  /\b(?:propos|introduc|present|develop|call|dub|nam|term)\p{Ll}{0,20}\s+(?:\p{Ll}{1,40}\s+){0,2}(\p{L}[\p{L}\p{N}-]{0,80})(?![\p{L}\p{N}-])/gu;
/** "Contrastive Learning (CLEAR)": a name in brackets behind a word. */
const EXPANDED = /\s\((\p{Lu}[\p{L}\p{N}-]*)\)/gu;
const LAST_WORD = /(?<![\p{L}\p{N}])\p{L}\S*\s*$/u;
/** Characters before the bracket in which the word begins. */
const BEFORE = 60;
const BRACKETED = /\(([^()\s]+)\)/g;
/** Words of a name, and content words of a title by which it is known: no title of a paper has more. */
const NAME_WORDS = 20;
const TITLE_WORDS = 64;
/** Initials of a title that make a name, where its abstract has it too; fewer letters meet by chance. */
const INITIALS = 4;
/** "LLMs": what there are several of is a kind, no name. */
const PLURAL = /\p{Lu}s$/u;

export function paperNames(paper: Titled): PaperNames {
  return readPaper(paper).part(namesOf);
}

function namesOf(paper: Titled): PaperNames {
  return {
    title: contentOf(paper.title),
    short: shortNames(paper)
      .map((name) => ({ name, words: wordsIn(name).map(({ text }) => text) }))
      .filter(({ words }) => words.length <= NAME_WORDS),
  };
}

function shortNames({ title, abstract }: Titled): string[] {
  const names = new Set<string>();
  const [head = "", subtitle] = title.split(/[:?]\s/, 2);
  if (subtitle !== undefined) names.add(head.replace(BRACKETED, "").replace(/^(?:the|an?)\s/i, ""));
  for (const [, inside = ""] of title.matchAll(BRACKETED)) if (COINED.test(inside)) names.add(inside);
  for (const name of [...expanded(abstract), ...christened(abstract)]) {
    if (COINED.test(name) && !PLURAL.test(name)) names.add(name);
  }
  const initials = initialsOf(head);
  if (initials.length >= INITIALS && wordsIn(abstract).some(({ text }) => text === initials))
    names.add(initials);
  return [...names];
}

function expanded(abstract: string): string[] {
  return [...abstract.matchAll(EXPANDED)]
    .filter(({ index }) => LAST_WORD.test(abstract.slice(Math.max(0, index - BEFORE), index)))
    .map(([, name = ""]) => name);
}

function christened(abstract: string): string[] {
  return [...abstract.matchAll(CHRISTENED)].map(([, name = ""]) => name);
}

/** "yolor" of "You Only Learn One Representation". */
function initialsOf(title: string): string {
  return wordsIn(title)
    .map(({ text }) => text[0] ?? "")
    .join("");
}

function contentOf(title: string): string[] {
  const words = wordsIn(title).map(({ text }) => text);
  const content = words.filter((text) => !STOP_WORDS.has(text));
  return (content.length > 1 ? content : words).slice(0, TITLE_WORDS);
}

// The papers that a question means without calling them by name: "the X paper", "explain X", "X versus Y".

/** Words of X: a row of more without a function word is no name. */
const MOST_WORDS = 16;
const PAPER = new Set(["paper", "article", "preprint"]);

/** Indices of the first and the last word of X, function words apart, or undefined when nothing is called so. */
export function calledPaper(question: string, words: readonly Word[]): WordRange | undefined {
  for (const [at, { text }] of words.entries()) {
    if (!PAPER.has(text)) continue;
    const before = phrase(question, words, at - 1, -1);
    // "a lengthy article" calls nothing.
    if (words[(before?.first ?? at) - 1]?.text !== "the") continue;
    if (before !== undefined) return before;
    let next = at + 1;
    while (STOP_WORDS.has(words[next]?.text ?? "")) next++;
    const after = phrase(question, words, next, 1);
    if (after !== undefined) return after;
  }
  return undefined;
}

/** The longest short name of a paper that stands among the words of a question: "ALiBi". */
export function calledIn(question: readonly Word[], paper: Titled): string | undefined {
  const words = ` ${question.map(({ text }) => text).join(" ")} `;
  const names = paperNames(paper).short.filter(
    ({ words: own }) => own.length > 0 && words.includes(` ${own.join(" ")} `),
  );
  return names.sort((a, b) => b.name.length - a.name.length)[0]?.name;
}

/** From that word on in that direction as far as no function word and no punctuation intervenes. */
function phrase(question: string, words: readonly Word[], from: number, step: 1 | -1) {
  let to = from;
  while (
    Math.abs(to - from) <= MOST_WORDS &&
    isContent(words[to]) &&
    (to === from || joined(question, words[to - step], words[to]))
  )
    to += step;
  if (to === from || Math.abs(to - from) > MOST_WORDS) return undefined;
  return step === 1 ? { first: from, last: to - 1 } : { first: to + 1, last: from };
}

const isContent = (word: Word | undefined) => word !== undefined && !STOP_WORDS.has(word.text);

/** Nothing but spaces and hyphens between two words that stand beside each other, whichever comes first. */
function joined(question: string, a: Word | undefined, b: Word | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  return /^[\s-]*$/.test(question.slice(Math.min(a.end, b.end), Math.max(a.start, b.start)));
}

// The paper that is meant where nothing but X is asked for: "explain X", and X is no name but part of one, or a slip.

/**
 * Abstracts found that may have the words at the head of a title, if they are to name it and no field of study: over the
 * seeds four heads that are coined are in 1 or 2 of the 25 papers found, four of fields in 4 and more.
 */
const SPEAKING = 3;

interface WholePaper<T> {
  readonly paper: T;
  /** Indices of the words that name it. */
  readonly first: number;
  readonly last: number;
  readonly exact: false;
  /** One word that no paper has, like one of this paper's. */
  readonly guessed: boolean;
}

/**
 * @param place of X, where nothing else is asked for
 * @param idf inverse document frequency of a stemmed term in the corpus
 * @returns one paper or none
 */
export function wholePaper<T extends Titled>(
  words: readonly Word[],
  place: WordRange | undefined,
  papers: readonly T[],
  idf: (term: string) => number,
): WholePaper<T>[] {
  if (place === undefined) return [];
  const name = words.slice(place.first, place.last + 1).map(({ text }) => text);
  const guessed = name.length === 1;
  const paper = guessed ? misspelt(name.join(), papers, idf) : headed(name, papers);
  return paper === undefined ? [] : [{ paper, ...place, exact: false, guessed }];
}

function misspelt<T extends Titled>(
  word: string,
  papers: readonly T[],
  idf: (term: string) => number,
): T | undefined {
  if (terms(word).some((term) => idf(term) < idf(UNKNOWN_TERM))) return undefined;
  return only(papers, (paper) => {
    const { title, short } = paperNames(paper);
    return [...title, ...short.map(({ words }) => words.join(""))].some((own) => isMisspelt(word, own));
  });
}

/** With these words at the head of its title, when no other title has them and few abstracts do. */
function headed<T extends Titled>(name: readonly string[], papers: readonly T[]): T | undefined {
  const wanted = stemmed(name.join(" "));
  const titled = only(papers, (paper) => stemmed(paper.title).includes(wanted));
  const speaking = papers.filter((paper) => stemmed(paper.abstract).includes(wanted));
  if (titled === undefined || speaking.length > SPEAKING) return undefined;
  return isHead(name, titled.title) ? titled : undefined;
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

// The two papers that a question sets side by side without calling them by name: "solar cells in space vs in three dimensions".

/** Share of a side's words, by idf, that its paper holds at least. */
const LEAST = 0.5;
/** What a paper loses of that share for each one that ranks before it. */
const RANK = 0.05;

/**
 * Both papers, in the order of the sides; undefined when a side fits none, or both fit the same one best.
 * @param papers in rank order
 */
export function comparedPapers<T extends Titled>(
  question: string,
  papers: readonly T[],
  idf: (term: string) => number,
): readonly [T, T] | undefined {
  const [left, right] = sidesIn(oneLine(question)) ?? [];
  if (left === undefined || right === undefined) return undefined;
  const [first, second] = [left, right].map((side) => bestFor(side, papers, idf));
  return first === undefined || second === undefined || first === second ? undefined : [first, second];
}

/** What stands before and behind the word that sets them against each other; without one that leads to them it is "versus". */
function sidesIn(question: string): [string, string] | undefined {
  const tokens = tokensOf(question);
  const [lead] = finds(tokens, "comparing");
  const both = tokens.slice(lead?.end ?? 0);
  const marks = lead === undefined ? (["versus"] as const) : (["versus", "joined"] as const);
  const [mark] = marks.flatMap((phrases) =>
    finds(both, phrases)
      .filter(({ first }) => first > 0)
      .slice(0, 1),
  );
  if (mark === undefined) return undefined;
  const [behind] = finds(both, "differing").filter(({ first }) => first > mark.end);
  const textOf = (side: readonly Token[]) =>
    question.slice(side[0]?.start ?? question.length, side.at(-1)?.end);
  const [left, right] = [textOf(both.slice(0, mark.first)), textOf(both.slice(mark.end, behind?.first))];
  return left === "" || right === "" ? undefined : [left, right];
}

function bestFor<T extends Titled>(
  side: string,
  papers: readonly T[],
  idf: (term: string) => number,
): T | undefined {
  const asked = [...new Set(terms(side))].map((term) => ({ term, weight: idf(term) }));
  const all = asked.reduce((sum, { weight }) => sum + weight, 0);
  let best: { paper: T; fit: number } | undefined;
  for (const [rank, paper] of papers.entries()) {
    const { title, abstract } = paper;
    const held = new Set(terms(`${title} ${abstract}`));
    const covered = asked.reduce((sum, { term, weight }) => sum + (held.has(term) ? weight : 0), 0) / all;
    const fit = covered - RANK * rank;
    if (covered >= LEAST && fit > (best?.fit ?? 0)) best = { paper, fit };
  }
  return best?.paper;
}
