/** "summarise X", "tell me about X", "X summary": what is asked for as a whole, and nothing beside. */
import { STOP_WORDS } from "./stop-words.ts";
import type { Word } from "./words-in.ts";

const SUMMARY = "(?:summary|overview|gist|outline|recap|tl;?\\s?dr)";
const BEFORE = new RegExp(
  `^\\W*(?:(?:please|can you|could you)\\s+)*(?:summ?[ae]ri[sz]e|sum up|explain|describe|introduce|present|eli5|tell me(?: more)?|talk|walk me through|(?:(?:give|show) me\\s+)?(?:(?:an?|the)\\s+(?:\\p{L}+\\s+)?)?${SUMMARY}|what(?:['’]s|\\s+is|\\s+are))(?![\\p{L}\\p{N}])`,
  "iu",
);
const AFTER = new RegExp(`[\\s,:]+(?:a\\s+|short\\s+)*(?:${SUMMARY}|explained|briefly|please)\\W*$`, "iu");
/** A wish for a form that stands behind it: "in two sentences", "to a beginner". */
const WISH =
  /,?\s+(?:in|as|for|to|with)\s+(?:an?|my|\d+|one|two|three|four|five|simple|plain|short)\s[^?]*\W*$/iu;

/** What may lead to it: "tl;dr of the X". */
const LEADING = new Set("of on about the a an".split(" "));

/** "What is X?" asks for less than a whole paper, unless X is a name. */
const WHAT = /^\W*(?:please\s+)?what/i;

/** Indices of its first and last word, or undefined. A bare "X" asks for X as well. */
export function askedWhole(
  question: string,
  words: readonly Word[],
): { first: number; last: number } | undefined {
  const from = BEFORE.exec(question)?.[0].length ?? 0;
  const wished = question.replace(WISH, "");
  const to = AFTER.exec(wished)?.index ?? wished.length;
  const within = words.flatMap(({ start, end }, at) => (start >= from && end <= to ? at : []));
  while (LEADING.has(words[within[0] ?? -1]?.text ?? "")) within.shift();
  const [first, last] = [within[0], within.at(-1)];
  if (first === undefined || last === undefined || (first !== last && WHAT.test(question))) return undefined;
  return [first, last].some((at) => STOP_WORDS.has(words[at]?.text ?? "")) ? undefined : { first, last };
}
