/** What a question asks for by its words: a thing or an amount, and in which form it is wished for. */

import { oneLine } from "../../util/strings.ts";
import { type Found, finds, says, type Token, tokensOf, without, wordsFor } from "../language/phrases.ts";

export interface AskedFor {
  /** "batch size" in "What batch size did …?"; "" where no noun follows. */
  readonly noun: string;
  /** "How many …", "how long …". */
  readonly amount: boolean;
}

/** Verbs and prepositions that end the noun. */
const END = new Set(wordsFor("end"));

/** The question without "how many" and its like, whose second word would count as a word of its content. */
export function withoutAmount(question: string): string {
  const tokens = tokensOf(question);
  return finds(tokens, "counts").reduceRight(
    (text, { first, end }) => `${text.slice(0, tokens[first]?.start)}how${text.slice(tokens[end - 1]?.end)}`,
    question,
  );
}

export function askedFor(question: string): AskedFor {
  const tokens = tokensOf(question);
  const [asked] = finds(tokens, "asked");
  if (asked === undefined) return { noun: "", amount: false };
  let end = asked.end;
  while (
    end < tokens.length &&
    !END.has(tokens[end]?.text ?? "") &&
    !(end > asked.end && tokens[end - 1]?.isEnd)
  )
    end++;
  const noun = end === asked.end ? "" : question.slice(tokens[asked.end]?.start, tokens[end - 1]?.end);
  return { noun, amount: asked.end - asked.first > 1 };
}

export interface RequestedForm {
  /** Sentences or bullets, or papers of a list. */
  readonly count?: number;
  readonly bullets: boolean;
  /** For readers new to the field. */
  readonly plain: boolean;
  /** The question without the wishes, as one line. */
  readonly rest: string;
}

/** Sentences of what is wished for in short. */
const SHORT_COUNT = 2;
const POINT = /^(?:bullet|point|takeaway)s?$/;

/** How an answer is wished for: how long, as bullets, in plain words, and which parts of a paper. */
export function requestedForm(asked: string): RequestedForm {
  const question = oneLine(asked);
  const tokens = tokensOf(question);
  const [length] = finds(tokens, "length");
  // How many papers are wished for stays in the question.
  const [things] = length === undefined ? finds(tokens, "things") : [];
  const counted = length ?? things;
  const isBrief = counted === undefined && says(tokens, "brief");
  const count = counted === undefined ? (isBrief ? SHORT_COUNT : undefined) : numberIn(tokens, counted);
  const words = length === undefined ? [] : tokens.slice(length.first, length.end);
  const bullets = says(tokens, "bullets") || words.some(({ text }) => POINT.test(text));
  let rest = question;
  for (const wish of ["length", "bullets", "brief", "plain", "audience"] as const) {
    const left = tokensOf(rest);
    rest = without(rest, left, finds(left, wish).slice(0, 1));
  }
  return { ...(count === undefined ? {} : { count }), bullets, plain: says(tokens, "plain"), rest };
}

/** The number that stands there; "a single line" is one. */
function numberIn(tokens: readonly Token[], { first, end }: Found): number {
  const cardinals = wordsFor("cardinal");
  const numbers = tokens
    .slice(first, end)
    .map(({ text }) => cardinals.indexOf(text) + 1 || Number(text) || 0);
  return Math.max(1, ...numbers);
}

// The amounts of a text.

const WORD = `(?:${wordsFor("numeral").join("|")})`;
const UNIT = "\\s?(?:\\\\?%|×)|\\s?(?:x|times|fold|percent|percentage points?|points?|[KMBT])\\b|-\\p{L}+";
/** "2.7T", "6.9 billion", "4 out of 7", "two-thirds"; not the 2 of "GPT-2", of a formula, of a note. */
const AMOUNT = new RegExp(
  `(?<![\\p{L}\\p{N}$^_{[.-])\\d(?:[\\d.,]*\\d)?(?![\\p{N}])(?:\\s(?:out )?of \\d+)?(?:\\s${WORD})?(?:${UNIT}|(?![\\p{L}^]))|\\b${WORD}(?:[\\s-]${WORD})*(?:-fold)?\\b`,
  "giu",
);

/** Numbers with their units, and numbers as words. UTF-16 offsets. */
export function amountsIn(text: string): { start: number; end: number }[] {
  return [...text.matchAll(AMOUNT)].map(({ 0: amount, index }) => ({
    start: index,
    end: index + amount.length,
  }));
}
