/** What a text states that another must not contradict: its numbers, and what it denies. */
import { terms } from "../text/terms.ts";

/** A value with its unit: "32", "3.5%", "2x". */
type Quantity = string;

const WORDS: Readonly<Record<string, string>> = {
  two: "2",
  three: "3",
  four: "4",
  five: "5",
  six: "6",
  seven: "7",
  eight: "8",
  nine: "9",
  ten: "10",
  eleven: "11",
  twelve: "12",
  both: "2",
  twice: "2x",
  double: "2x",
  doubles: "2x",
  thrice: "3x",
  half: "0.5",
  halves: "0.5",
};
const SCALES: Readonly<Record<string, number>> = {
  k: 1e3,
  thousand: 1e3,
  m: 1e6,
  million: 1e6,
  b: 1e9,
  billion: 1e9,
  t: 1e12,
  trillion: 1e12,
};

/** Digits that are no part of a name ("GPT-4", "F1", "word2vec"), with a scale and a unit. */
const DIGITS =
  /(?<![\p{L}\d.]|\p{L}[\p{L}\d.–-]{0,20}[-–])\d+(?:,\d{3})*(?:\.\d+)?(?:[\s-]?(?:k|m|b|t|thousand|million|billion|trillion)(?![\p{L}\d]))?(?:\s?\\?%|[\s-]percent|\s?[x×](?![\p{L}\d])|\s?\$?\\times|[\s-]?(?:times|fold)(?!\p{L}))?(?!\p{L})/giu;
const WORD = new RegExp(
  `(?<![\\p{L}-])(?:${Object.keys(WORDS).join("|")})(?!\\p{L})(?:[\\s-]?(?:percent|times|fold))?`,
  "giu",
);

/**
 * The numbers written in digits: what a claim must share with its source. "one" and "first" are no numbers, and digits
 * within a name belong to the name.
 */
export function digitQuantities(text: string): Quantity[] {
  return [...text.matchAll(DIGITS)].map(([found]) => normalize(found));
}

/** The small numbers written as words, as they would be in digits. */
export function wordQuantities(text: string): Quantity[] {
  return [...text.matchAll(WORD)].map(([found]) => normalizeWord(found));
}

/** All numbers of a text, in digits and words. */
export function quantitiesIn(text: string): ReadonlySet<Quantity> {
  return new Set([...digitQuantities(text), ...wordQuantities(text)]);
}

function normalizeWord(found: string): Quantity {
  const [word = "", unit = ""] = found.toLowerCase().split(/[\s-]/);
  return (WORDS[word] ?? word) + unitOf(unit);
}

function normalize(found: string): Quantity {
  const lower = found.toLowerCase().replaceAll(",", "");
  const value = /^[\d.]+/.exec(lower)?.[0] ?? "";
  const rest = lower.slice(value.length);
  const scale = SCALES[/^[\s-]?([a-z]+)/.exec(rest)?.[1] ?? ""] ?? 1;
  return String(Number((Number(value) * scale).toPrecision(12))) + unitOf(rest);
}

function unitOf(text: string): string {
  if (/%|percent/.test(text)) return "%";
  return /[x×]|times|fold/.test(text) ? "x" : "";
}

/** What denies a verb. "Without" and "no" are not among them: abstracts boast with them, and paraphrases leave them out. */
const NEGATION =
  /\b(?:not|never|neither|nor|cannot|hardly|unable|fail(?:s|ed|ing)?|(?:do|does|did|is|are|was|were|has|have|ca|could|wo|would|should)n['’]t)\b/iu;
/** "not only … but also" affirms. */
const AFFIRMING = /\bnot (?:only|just|merely|necessarily)\b/giu;

/** What a source may say instead: "without retraining" carries "is not retrained". */
const ABSENCE = /\b(?:no|none|without|lack\w*|absence|devoid|instead|free (?:of|from))\b/iu;
/** "MLP-free". */
const FREE = /(?<![\p{L}\p{N}-])([\p{L}\p{N}][\p{L}\p{N}-]*)-free\b/giu;
/** Ends a clause; no decimal point. Looked for from the first of several signs alone. */
const CLAUSE_END = /(?<![.,;:!?()])[.,;:!?()]+(?:\s|$)|\s\(/u;

/** What a text denies and of what it says that it is not there, as stemmed terms. */
export interface Denials {
  /** Behind a negation, up to the end of its clause; of all the clause where nothing stands there. */
  readonly denied: ReadonlySet<string>;
  /** Of the whole text, where it holds a negation: what it denies may stand in another clause. */
  readonly around: ReadonlySet<string>;
  /** "without", "no", "-free". */
  readonly absent: ReadonlySet<string>;
}

/** Whether a text denies a verb. */
export function isNegated(text: string): boolean {
  return NEGATION.test(text.replace(AFFIRMING, ""));
}

export function denialsOf(text: string): Denials {
  const denied = new Set<string>();
  const absent = new Set<string>();
  const add = (to: Set<string>, words: string): void => {
    for (const term of terms(words)) to.add(term);
  };
  for (const [, word = ""] of text.matchAll(FREE)) add(absent, word);
  for (const clause of text.replace(AFFIRMING, "").split(CLAUSE_END)) {
    const behind = rest(clause, NEGATION);
    if (behind !== undefined) add(denied, terms(behind).length === 0 ? clause : behind);
    add(absent, rest(clause, ABSENCE) ?? "");
  }
  return { denied, around: new Set(isNegated(text) ? terms(text) : []), absent };
}

/**
 * Whether a source can carry what a claim denies: it denies, or says to be absent, something that the claim denies. An
 * absence that the claim speaks of too is what it denies: "is not MLP-free".
 */
export function carriesDenial(source: Denials, claim: Denials): boolean {
  return [...claim.denied].some(
    (term) => source.around.has(term) || (source.absent.has(term) && !claim.absent.has(term)),
  );
}

/** What stands behind the first match. */
function rest(clause: string, pattern: RegExp): string | undefined {
  const match = pattern.exec(clause);
  return match === null ? undefined : clause.slice(match.index + match[0].length);
}
