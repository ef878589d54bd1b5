/**
 * The English words and phrases that a message is read by, as data (lexicon.en.json), and the one matcher of these, over
 * tokens. A phrase is a row of
 *
 * - a word, or several to choose from: `compare|contrast`, where `@polite` is all words of that list, `summari~` any word
 *   that begins so, `~est` any that ends so, `#` a number and `_` any word; `please?` may be missing, `@polite*` may stand more often;
 * - `*3`, up to three words of any kind within the sentence;
 * - what takes no word: `!do|does`, none of these comes next; `^` and `$`, a clause begins or ends here; `$$`, the text
 *   ends; `[` and `]`, what is found is between these alone.
 */

import { createRequire } from "node:module";
import { streamSafe } from "../../util/strings.ts";
import type lexiconFile from "./lexicon.en.json";

export interface Token {
  /** Folded. */
  readonly text: string;
  /** UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
  /** A clause begins with it, a clause or a sentence ends behind it. */
  readonly isHead: boolean;
  readonly isEnd: boolean;
  readonly isLast: boolean;
}

/** Tokens, from the first to the one behind the last. */
export interface Found {
  readonly first: number;
  readonly end: number;
}

/** Tokens that are read of a text: 20,000 letters of prose. */
const MOST_TOKENS = 4000;
/** Times that a word marked with `*` may stand. */
const MOST_REPEATED = 8;
/** Letters before an ending: "older", and not "per". */
const STEM = 3;
/** Marks in front of the first word: "¿", "> ", "**". */
const LEADING = 20;

/** Words and numbers apart, "don't" as two and "tl;dr" as one. */
export function tokensOf(text: string): Token[] {
  const words: RegExpExecArray[] = [];
  for (const word of text.matchAll(/\btl;\s?dr\b|[\p{L}\p{N}]+/giu)) {
    if (words.length === MOST_TOKENS) break;
    words.push(word);
  }
  return words.map(({ 0: word, index }, at) => {
    const end = index + word.length;
    const before = at === 0 ? "" : text.slice(endOf(words[at - 1]), index);
    const behind = text.slice(end, words[at + 1]?.index);
    return {
      text: folded(word),
      start: index,
      end,
      isHead: at === 0 ? index <= LEADING : /[.?!:;,]\s/.test(before),
      isEnd: at === words.length - 1 || /^\s*(?:[?!,:;)–—]|\.\W)/.test(behind),
      isLast: /^["'”’)\]]{0,3}[.?!]["'”’)\]]{0,3}\s/.test(behind),
    };
  });
}

const endOf = (match: RegExpMatchArray | undefined) => (match?.index ?? 0) + (match?.[0].length ?? 0);

function folded(word: string): string {
  return streamSafe(word)
    .normalize("NFKD")
    .replace(/[\p{M};\s]/gu, "")
    .toLowerCase();
}

/** Whether the tokens hold one of the phrases. */
export function says(tokens: readonly Token[], phrases: Phrases): boolean {
  const all = compiled(phrases);
  return tokens.some((token, at) =>
    all.some((phrase) => mayBegin(phrase, token) && match(tokens, at, phrase, 0)),
  );
}

/** Where a phrase that begins the text ends; undefined without one. */
export function begins(tokens: readonly Token[], phrases: Phrases): number | undefined {
  for (const phrase of compiled(phrases)) {
    const found = match(tokens, 0, phrase, 0);
    if (found !== undefined) return found.end;
  }
  return undefined;
}

/** All of the phrases that the tokens hold, in order, the earliest and then the first of the list; none overlap. */
export function finds(tokens: readonly Token[], phrases: Phrases): Found[] {
  const found: Found[] = [];
  const all = compiled(phrases);
  for (let at = 0; at < tokens.length; at++) {
    for (const phrase of all) {
      const one = mayBegin(phrase, tokens[at]) ? match(tokens, at, phrase, 0) : undefined;
      if (one === undefined) continue;
      const [first, end] = [one.first ?? at, one.end];
      if (end <= at) continue;
      found.push({ first, end });
      at = end - 1;
      break;
    }
  }
  return found;
}

/** The text without these tokens. */
export function without(text: string, tokens: readonly Token[], found: readonly Found[]): string {
  return found.reduceRight(
    (rest, { first, end }) => `${rest.slice(0, tokens[first]?.start)} ${rest.slice(tokens[end - 1]?.end)}`,
    text,
  );
}

type Element =
  | { readonly is: "gap"; readonly most: number }
  | { readonly is: "^" | "$" | "$$" | "[" | "]" }
  | { readonly is: "not"; readonly fits: (word: string) => boolean }
  | {
      readonly is: "word";
      readonly fits: (word: string) => boolean;
      readonly least: 0 | 1;
      readonly most: number;
    };

/** What a rest of a phrase takes: to there, or of marked ones from and to. */
interface Match {
  readonly first?: number;
  readonly end: number;
}

/** Most phrases do not, and that is soon seen. */
function mayBegin([first, second]: readonly Element[], token: Token | undefined): boolean {
  if (first === undefined || token === undefined) return true;
  if (first.is === "^") return token.isHead;
  const word = first.is === "[" ? second : first;
  return word?.is !== "word" || word.least === 0 || word.fits(token.text);
}

function match(
  tokens: readonly Token[],
  at: number,
  phrase: readonly Element[],
  next: number,
): Match | undefined {
  const element = phrase[next];
  if (element === undefined) return { end: at };
  const rest = (from: number) => match(tokens, from, phrase, next + 1);
  switch (element.is) {
    case "^":
      return tokens[at]?.isHead ? rest(at) : undefined;
    case "$":
      return at === tokens.length || tokens[at - 1]?.isEnd ? rest(at) : undefined;
    case "$$":
      return at === tokens.length ? rest(at) : undefined;
    case "[": {
      const found = rest(at);
      return found && { ...found, first: at };
    }
    case "]":
      return rest(at) && { end: at };
    case "not":
      return element.fits(tokens[at]?.text ?? "") ? undefined : rest(at);
    case "gap":
      return gap(tokens, at, element.most, rest);
    case "word":
      return repeated(tokens, at, element, rest);
  }
}

function gap(
  tokens: readonly Token[],
  at: number,
  most: number,
  rest: (from: number) => Match | undefined,
): Match | undefined {
  for (let taken = 0; taken <= most && at + taken <= tokens.length; taken++) {
    const found = rest(at + taken);
    if (found !== undefined || tokens[at + taken]?.isLast) return found;
  }
  return undefined;
}

/** As many as there are, and then one after the other fewer. */
function repeated(
  tokens: readonly Token[],
  at: number,
  { fits, least, most }: Element & { is: "word" },
  rest: (from: number) => Match | undefined,
): Match | undefined {
  let taken = 0;
  while (taken < most && fits(tokens[at + taken]?.text ?? "")) taken++;
  for (; taken >= least; taken--) {
    const found = rest(at + taken);
    if (found !== undefined) return found;
  }
  return undefined;
}

const known = new Map<Phrases, readonly (readonly Element[])[]>();

function compiled(phrases: Phrases): readonly (readonly Element[])[] {
  const made =
    known.get(phrases) ?? lexicon.phrases[phrases].map((phrase) => phrase.split(" ").map(elementOf));
  known.set(phrases, made);
  return made;
}

function elementOf(text: string): Element {
  if (text === "^" || text === "$" || text === "$$" || text === "[" || text === "]") return { is: text };
  if (/^\*\d+$/.test(text)) return { is: "gap", most: Number(text.slice(1)) };
  if (text.startsWith("!")) return { is: "not", fits: fitting(text.slice(1)) };
  const [mark] = text.slice(-1);
  const isMarked = mark === "?" || mark === "*";
  const fits = fitting(isMarked ? text.slice(0, -1) : text);
  return { is: "word", fits, least: isMarked ? 0 : 1, most: mark === "*" ? MOST_REPEATED : 1 };
}

/** Whether a word is one of these. */
export function fitting(alternatives: string): (word: string) => boolean {
  const all = alternatives
    .split("|")
    .flatMap((one) => (one.startsWith("@") ? wordsFor(one.slice(1) as Purpose) : one));
  const whole = new Set(all);
  const heads = new Set(all.filter((one) => one.endsWith("~")).map((one) => one.slice(0, -1)));
  const lengths = [...new Set([...heads].map(({ length }) => length))];
  const tails = all.filter((one) => one.startsWith("~")).map((one) => one.slice(1));
  const [isNumber, isAny] = [whole.has("#"), whole.has("_")];
  return (word) =>
    whole.has(word) ||
    (isAny && word !== "") ||
    lengths.some((length) => heads.has(word.slice(0, length))) ||
    tails.some((tail) => word.endsWith(tail) && word.length >= tail.length + STEM) ||
    (isNumber && /^\d{1,2}$/.test(word));
}

/** A list of single words, by what they are for: of greeting, of asking, for papers. */
export type Purpose = Exclude<keyof typeof lexiconFile, "phrases">;
/** What is said in several words; the notation is that of the matcher. */
export type Phrases = keyof (typeof lexiconFile)["phrases"];

const lexicon = createRequire(import.meta.url)("./lexicon.en.json") as typeof lexiconFile;

const sets = new Map<Purpose, ReadonlySet<string>>();

/** Whether a folded word serves that purpose. */
export function serves(word: string, purpose: Purpose): boolean {
  const known = sets.get(purpose) ?? new Set(wordsFor(purpose));
  sets.set(purpose, known);
  return known.has(word);
}

export function wordsFor(list: Purpose): string[] {
  return lexicon[list].split(" ");
}
