/** Greetings, thanks and noise: they get a short friendly reply instead of papers. */
import { wordsFor } from "../question/lexicon.ts";
import { says, tokensOf } from "../question/phrases.ts";

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

const OPENINGS: Record<SmallTalk, string> = {
  greeting: "Hello.",
  thanks: "You are welcome.",
  chatter: "I only know the papers of this corpus.",
  noise: "I could not read a question in that.",
};

/** The reply: one line of courtesy, one that says what can be asked. */
export function smallTalkReply(kind: SmallTalk, corpusSize: number): string {
  return (
    `${OPENINGS[kind]} Ask me about the ${corpusSize} papers here: what one of them found, which of them study ` +
    "something, or for a summary of one by its title. Every sentence I answer with is quoted from an abstract."
  );
}
