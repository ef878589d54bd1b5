/** What a question asks for by its words: a thing or an amount, and in which form it is wished for. */
import { STOP_WORDS } from "../../text/stop-words.ts";
import type { Word } from "../../text/words.ts";

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

// "summarise X", "tell me about X", "X summary": what is asked for as a whole, and nothing beside.

/** Indices of the first and the last of a question's words. */
export interface WordRange {
  readonly first: number;
  readonly last: number;
}

/**
 * Marks in front of the first word of a question, such as "¿", "> " or "**". Not `\W*`, which without regard to Unicode
 * takes every letter beyond ASCII, so that a pattern tries all of a text as its beginning.
 */
const LEADING_MARKS = "[^\\p{L}\\p{N}]{0,20}";
const SUMMARY = "(?:summary|overview|gist|outline|recap|tl;?\\s?dr)";
const BEFORE = new RegExp(
  `^${LEADING_MARKS}(?:(?:please|pls|plz|(?:can|could|would) (?:you|u))\\s+)*(?:summ?[ae]ri[sz]e|sum up|explain|describe|introduce|present|eli5|tell me(?: more)?|talk|walk me through|(?:(?:give|show) me\\s+)?(?:(?:an?|the)\\s+(?:\\p{L}{1,40}\\s+)?)?${SUMMARY}|what(?:['’]s|\\s+is|\\s+are))(?![\\p{L}\\p{N}])`,
  "iu",
);
const AFTER = new RegExp(
  `[\\s,:](?:a\\s+|short\\s+){0,3}(?:${SUMMARY}|explained|briefly|please|pls|plz|for (?:me|us))\\W*$`,
  "iu",
);
/** A wish for a form, up to the end of the question: "in two sentences", "to a beginner". */
const WISH = /\s(?:in|as|for|to|with)\s+(?:an?|my|\d{1,9}|one|two|three|four|five|simple|plain|short)\s/iu;
const LAST_LETTER = /\w\W*$/;

/** What may lead to it: "tl;dr of the X". */
const LEADING = new Set("of on about the a an".split(" "));

/** "What is X?" asks for less than a whole paper, unless X is a name. */
const WHAT = new RegExp(`^${LEADING_MARKS}(?:please\\s+)?what`, "iu");

/** Undefined where anything else is asked. A bare "X" asks for X as well. */
export function askedWhole(question: string, words: readonly Word[]): WordRange | undefined {
  const from = BEFORE.exec(question)?.[0].length ?? 0;
  const wished = withoutWish(question);
  const to = AFTER.exec(wished)?.index ?? wished.length;
  const within = words.flatMap(({ start, end }, at) => (start >= from && end <= to ? at : []));
  while (LEADING.has(words[within[0] ?? -1]?.text ?? "")) within.shift();
  const [first, last] = [within[0], within.at(-1)];
  if (first === undefined || last === undefined || (first !== last && WHAT.test(question))) return undefined;
  return [first, last].some((at) => STOP_WORDS.has(words[at]?.text ?? "")) ? undefined : { first, last };
}

/** Of several questions only the last one ends in the wish. */
function withoutWish(question: string): string {
  const from = question.lastIndexOf("?", question.search(LAST_LETTER)) + 1;
  const wish = question.slice(from).search(WISH);
  return wish < 0 ? question : question.slice(0, from + wish);
}
