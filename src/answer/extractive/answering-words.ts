/** Which words of a sentence answer the question: the amount that is asked for, or the new words nearest to the known ones. */
import { terms } from "../../retrieval/terms.ts";
import { amountsIn, asksAmount } from "./amounts.ts";
import { focusOf } from "./enumerates.ts";

interface Span {
  readonly start: number;
  readonly end: number;
}

interface Token extends Span {
  readonly text: string;
  /** Function words part phrases, known ones stand in the question, new ones may answer it. */
  readonly kind: "function" | "known" | "new";
  /** Inverse document frequency; more for what is asked for. */
  readonly weight: number;
  /** What is asked for: "which metrics". */
  readonly focus: boolean;
}

/** Content words in a row. */
interface Phrase extends Span {
  readonly first: number;
  readonly last: number;
}

/** Words of a phrase: longer ones show nothing. */
const LONGEST = 7;
/** Words within which a known word makes a phrase likelier. */
const REACH = 6;
/** The word behind the interrogative ("which metrics …") says what is asked for: it stands next to the answer. */
const ASKED_FOR = 3;
/** Weight of every word of a phrase beside that of its rarest. */
const FURTHER_WORD = 0.3;
/** One plain word is mostly a verb. */
const ONE_WORD = 0.5;
/** "Two benchmarks: A and B", "metrics such as A": the items are meant, not what they are items of. */
const INTRODUCES =
  /^\s*(?:[:(]|[-–—]+\s|,?\s*(?:such as|including|like|namely|i\.e\.|e\.g\.))\s*(?:such as\s)?$/i;
const INTRODUCED = 4;
/** Latin abbreviations, which are no words. */
const ABBREVIATION = /^(?:e\.g|i\.e|et|al|vs|cf)$/i;
/** Share of the best amount's score from which another is bold too. */
const ALMOST = 0.5;
/**
 * A phrase is bold when it scores so many times the next best that stands elsewhere. Of 158 questions whose answer is
 * known to the word, 58 % then have bold words, which hold all of it in .80 and .76 (development questions, halves)
 * and .56 (further questions); at 1 nearly all have, which hold it in .69, .59 and .44.
 */
const CLEARLY = 1.8;
/** Phrases of a list, and amounts. */
const MOST = 4;
/** Parts two phrases when it stands between them. */
const BREAK = /[.,;:()[\]{}"“”`]|\s[-–—]{1,3}\s/;
/** Share of the best phrase's score that another item of its list has. */
const ALIKE = 0.2;
/** Letters between two phrases in which a list is looked for. */
const GAP = 40;
/** What items of a list are parted by. */
const LISTED = /^\s*(?:,|,?\s*(?:and|or|&))\s*$/i;
/**
 * An interrogative asks for words; a yes or no, a mere topic and "and the other one?" do not. Of the 9 such questions of
 * test/eval and a check by hand that had bold words, 3 had the right ones.
 */
const ASKS_FOR_WORDS = /\b(?:which|what|whose|whom?|where|when|how|name|list|give)\b/i;
const YES_OR_NO =
  /^[^\p{L}\p{N}]{0,20}(?:(?:and|so|but|then)\s+)?(?:is|are|was|were|do|does|did|can|could|has|have|had|will|would|should|may|might|must)\b/iu;
/** Behind these a content word is a verb. */
const BEFORE_VERB = new Set(
  "we that which to can could may might will would not is are was were be been also they it i who do does has have must should".split(
    " ",
  ),
);
/**
 * Spans of the text, in order; none where nothing stands out, or no words are asked for.
 * @param idf of a stemmed term
 */
export function answeringWords(question: string, text: string, idf: (term: string) => number): Span[] {
  if (!ASKS_FOR_WORDS.test(question) || YES_OR_NO.test(question)) return [];
  const tokens = tokenize(text, question, idf);
  const amounts = asksAmount(question) ? amountsIn(text) : [];
  const found = amounts.length > 0 ? nearestAmounts(amounts, tokens) : bestPhrases(text, tokens);
  return found
    .filter((span) => !cutsFormula(text, span))
    .map(({ start, end }) => ({ start, end }))
    .sort((a, b) => a.start - b.start);
}

/** Marks inside `$…$` would be read as part of the formula. */
function cutsFormula(text: string, { start, end }: Span): boolean {
  return text.slice(0, start).split("$").length % 2 === 0 || text.slice(start, end).includes("$");
}

function nearestAmounts(amounts: readonly Span[], tokens: readonly Token[]): Span[] {
  const scored = amounts.map((span) => ({ ...span, score: nearness(placed(span, tokens), tokens) }));
  const best = highestOf(scored.map(({ score }) => score));
  return scored
    .filter(({ score }) => score >= ALMOST * best)
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST);
}

/** The best phrase, and those that stand in a list with it. */
function bestPhrases(text: string, tokens: readonly Token[]): Span[] {
  const phrases = phrasesOf(text, tokens);
  const plain = phrases.map((phrase) => scoreOf(phrase, tokens));
  const scores = plain.map((score, at) =>
    introduces(text, phrases[at - 1], phrases[at], tokens) ? INTRODUCED * score : score,
  );
  const highest = highestOf(scores);
  const best = scores.indexOf(highest);
  if (highest === 0) return [];
  const { from, to } = listAround(best, text, phrases, plain);
  const other = highestOf(scores.filter((_, at) => at < from || at > to));
  return highest < CLEARLY * other ? [] : phrases.slice(from, to + 1);
}

function listAround(
  best: number,
  text: string,
  phrases: readonly Phrase[],
  scores: readonly number[],
): { from: number; to: number } {
  const least = ALIKE * (scores[best] ?? 0);
  const joined = (at: number) => isBetween(text, LISTED, phrases[at], phrases[at + 1]);
  let [from, to] = [best, best];
  while (to - from + 1 < MOST && (scores[to + 1] ?? 0) > least && joined(to)) to++;
  while (to - from + 1 < MOST && (scores[from - 1] ?? 0) > least && joined(from - 1)) from--;
  return { from, to };
}

/** Whether one phrase ends in the word that is asked for, and the next says which that is. */
function introduces(
  text: string,
  before: Phrase | undefined,
  phrase: Phrase | undefined,
  tokens: readonly Token[],
): boolean {
  if (before === undefined || phrase === undefined) return false;
  const inside = tokens.slice(before.first, before.last + 1);
  return inside.some(({ focus }) => focus) && isBetween(text, INTRODUCES, before, phrase);
}

function isBetween(
  text: string,
  pattern: RegExp,
  before: Span | undefined,
  after: Span | undefined,
): boolean {
  if (before === undefined || after === undefined || after.start - before.end > GAP) return false;
  return pattern.test(text.slice(before.end, after.start));
}

function tokenize(text: string, question: string, idf: (term: string) => number): Token[] {
  const asked = new Set(terms(question));
  const focus = focusOf(question);
  return [...text.matchAll(/[\p{L}\p{N}]+(?:[-'’.][\p{L}\p{N}]+)*/gu)].map(({ 0: word, index }): Token => {
    const own = terms(word);
    const token = { text: word, start: index, end: index + word.length };
    if (own.length === 0 || ABBREVIATION.test(word))
      return { ...token, kind: "function", weight: 0, focus: false };
    const rarity = highestOf(own.map(idf));
    if (!own.some((term) => asked.has(term))) return { ...token, kind: "new", weight: rarity, focus: false };
    const isFocus = own.some((term) => focus.has(term));
    return { ...token, kind: "known", weight: isFocus ? ASKED_FOR * rarity : rarity, focus: isFocus };
  });
}

/** Runs of content words that no mark and no function word but "of" parts, without the verb that leads them. */
function phrasesOf(text: string, tokens: readonly Token[]): Phrase[] {
  const phrases: Phrase[] = [];
  let first = 0;
  const close = (end: number) => {
    let last = end - 1;
    while (last >= first && tokens[last]?.kind === "function") last--;
    while (first <= last && isVerb(tokens, first)) first++;
    const [from, to] = [tokens[first], tokens[last]];
    if (first <= last && from && to) phrases.push({ first, last, start: from.start, end: to.end });
  };
  for (const [at, token] of tokens.entries()) {
    const before = tokens[at - 1];
    const parted = before !== undefined && BREAK.test(text.slice(before.end, token.start));
    const tie = token.kind === "function" && (token.text !== "of" || at === first);
    if (!(parted || tie || at - first >= LONGEST)) continue;
    close(at);
    first = tie ? at + 1 : at;
  }
  close(tokens.length);
  return phrases;
}

function isVerb(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  if (token === undefined || token.kind === "function") return true;
  const before = tokens[at - 1]?.text.toLowerCase() ?? "";
  return /^\p{Ll}/u.test(token.text) && (BEFORE_VERB.has(before) || /\p{Ll}ly$/u.test(token.text));
}

/** New words weigh by their rarity and by how near known ones stand; far from any of these they answer nothing. */
function scoreOf(phrase: Phrase, tokens: readonly Token[]): number {
  const inside = tokens.slice(phrase.first, phrase.last + 1).filter(({ kind }) => kind === "new");
  if (inside.length === 0) return 0;
  const weights = inside.map(({ weight }) => weight);
  const plain = phrase.first === phrase.last && /^\p{Ll}+$/u.test(inside[0]?.text ?? "");
  const novelty = highestOf(weights) + FURTHER_WORD * weights.reduce((sum, weight) => sum + weight, 0);
  const near = nearness(phrase, tokens);
  return near === 0 ? 0 : novelty * (1 + near) * (plain ? ONE_WORD : 1);
}

function nearness({ first, last }: Pick<Phrase, "first" | "last">, tokens: readonly Token[]): number {
  let sum = 0;
  for (let at = Math.max(0, first - REACH); at <= Math.min(tokens.length - 1, last + REACH); at++) {
    const { kind, weight } = tokens[at] as Token;
    const distance = at < first ? first - at : Math.max(1, at - last);
    if (kind === "known") sum += weight / distance;
  }
  return sum;
}

function placed({ start, end }: Span, tokens: readonly Token[]): Pick<Phrase, "first" | "last"> {
  return {
    first: firstAt(tokens, (token) => token.end > start),
    last: firstAt(tokens, (token) => token.start >= end) - 1,
  };
}

/** Index of the first token that passes, where all behind it do; their number when none does. */
function firstAt(tokens: readonly Token[], passes: (token: Token) => boolean): number {
  let [from, to] = [0, tokens.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (passes(tokens[middle] as Token)) to = middle;
    else from = middle + 1;
  }
  return from;
}

/** At least 0. A loop: so many arguments as a long text has words overflow the stack. */
function highestOf(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}
