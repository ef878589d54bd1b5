/** The numbers of a text, in one form for "2x", "2 times", "two-fold" and "twice"; "1,000" and "1000"; "5 %" and "five percent". */

/** A value with its unit: "32", "3.5%", "2x". */
export type Quantity = string;

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
