/** Greetings, thanks and noise: they get a short friendly reply instead of papers. */
import { wordsFor } from "./lexicon.ts";
import { says, tokensOf } from "./phrases.ts";

const GREETING = new Set(wordsFor("hello"));
const THANKS = new Set(wordsFor("thanking"));
/** Words that surround the above, or that make up talk about the assistant itself. */
const FILLER = new Set(wordsFor("filler"));
const PRAISE = new Set(wordsFor("praise"));
const CLAUSE_END = /[.!;,\n]+|\s[-–—]\s/u;
export type SmallTalk = "greeting" | "thanks" | "chatter" | "noise";

/**
 * What kind of small talk a message is, or undefined when it asks something. By structure: every word is a word of
 * greeting, thanks, praise or filler, clauses that belong to thanks aside; or there is no word at all.
 */
export function smallTalk(text: string): SmallTalk | undefined {
  const message = text.toLowerCase().replaceAll("’", "'");
  const words = wordsIn(message);
  if (words.length === 0) return "noise";
  const thanks = words.some((word) => THANKS.has(word));
  if (!(thanks ? wordsIn(withoutThanks(message)) : words).every(isCourtesy)) return;
  if (thanks) return "thanks";
  if (words.some((word) => GREETING.has(word))) return "greeting";
  return words.some((word) => PRAISE.has(word)) && !message.includes("?") ? "thanks" : "chatter";
}

function wordsIn(message: string): string[] {
  return message.match(/\p{L}[\p{L}\p{N}']*/gu) ?? [];
}

function isCourtesy(word: string): boolean {
  return [GREETING, THANKS, PRAISE, FILLER].some((words) => words.has(word));
}

/** A message that asks is left as it is. */
function withoutThanks(message: string): string {
  if (message.includes("?")) return message;
  return message
    .split(CLAUSE_END)
    .filter((clause) => !says(tokensOf(clause), "ofThanks"))
    .join(" ");
}
