/** "summarise X", "tell me about X", "X summary": what is asked for as a whole, and nothing beside. */

import { STOP_WORDS } from "../text/stop-words.ts";
import type { Word } from "../text/words-in.ts";
import { LEADING_MARKS } from "../util/leading-marks.ts";

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
const LAST_WORD = /\w\W*$/;

/** What may lead to it: "tl;dr of the X". */
const LEADING = new Set("of on about the a an".split(" "));

/** "What is X?" asks for less than a whole paper, unless X is a name. */
const WHAT = new RegExp(`^${LEADING_MARKS}(?:please\\s+)?what`, "iu");

/** Indices of its first and last word, or undefined. A bare "X" asks for X as well. */
export function askedWhole(
  question: string,
  words: readonly Word[],
): { first: number; last: number } | undefined {
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
  const from = question.lastIndexOf("?", question.search(LAST_WORD)) + 1;
  const wish = question.slice(from).search(WISH);
  return wish < 0 ? question : question.slice(0, from + wish);
}
