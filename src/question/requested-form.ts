/** How an answer is wished for: how long, as bullets, in plain words, and which parts of a paper. */

import { oneLine } from "../util/strings.ts";
import { wordsFor } from "./lexicon.ts";
import { type Found, finds, says, type Token, tokensOf, without } from "./phrases.ts";

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
