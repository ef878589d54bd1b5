/** "the X paper", "the paper about X": words that call a paper without being its name. */
import { STOP_WORDS } from "../text/stop-words.ts";
import type { Word } from "../text/words-in.ts";

/** Words of X: a row of more without a function word is no name. */
const MOST_WORDS = 16;
const PAPER = new Set(["paper", "article", "preprint"]);

/** Indices of the first and the last word of X, function words apart, or undefined when nothing is called so. */
export function calledPaper(
  question: string,
  words: readonly Word[],
): { first: number; last: number } | undefined {
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
