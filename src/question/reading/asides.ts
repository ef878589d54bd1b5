/** What a message says beside a question: courtesy, and orders to the machine. */

import { contentWords } from "../../text/terms.ts";
import { says, tokensOf, wordsFor } from "../language/phrases.ts";

const GREETING = new Set(wordsFor("hello"));
const THANKS = new Set(wordsFor("thanking"));
/** Words that surround the above, or that make up talk about the assistant itself. */
const FILLER = new Set(wordsFor("filler"));
const PRAISE = new Set(wordsFor("praise"));
const COURTESY_END = /[.!;,\n]+|\s[-–—]\s/u;
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
    .split(COURTESY_END)
    .filter((clause) => !says(tokensOf(clause), "ofThanks"))
    .join(" ");
}

// Takes out of a question what is not asked of the papers but said to the machine: about its rules, role and output.

/** Content words that make what is left a question, where no question mark does. */
const FEWEST_WORDS = 3;
/** Clauses over which the mark of a role may be spread: `"role": "system"`. */
const ROLE_CLAUSES = 2;
/** Where a clause ends: a sentence, a line, a colon, a comma, or the next of several verbs. */
const CLAUSE_END = /(?<=[.!?;:,…]["'”’)\]]{0,3})\s|\n|\s(?=(?:and|then|but)\s)/;
/** Quoted words are spoken of, not said. */
const QUOTED = /“[^”]{0,300}”|"[^"]{0,300}"|(?<!\p{L})['‘][^'’]{0,300}['’](?!\p{L})/gu;

/** The speech of another role, set off by marks of a chat protocol: all that follows is part of it. */
const ROLE =
  /^\W{0,3}(?:<\/?(?:system|context|user|assistant|instructions?|prompt|source|document)s?\b[^>]*>|\[\/?inst\]|<<\/?sys>>|<\|\w+\|>|#{1,6}\s*(?:system|instructions?)\b|(?:system|developer|admin(?:istrator)?|root|assistant|(?:new|updated) instructions?)(?:\s+(?:prompt|message|note))?\s*:)|["']?role["']?\s*:\s*["'](?:system|developer|assistant)/i;

/**
 * The question that is left; "" when it was nothing but orders. A question about such orders stays as it is: it quotes
 * them, or speaks of a model and not to it.
 */
export function withoutInstructions(text: string): string {
  const kept: string[] = [];
  let dropped = false;
  // A break of lines is kept: it ends a clause.
  const spaced = text.replace(/\s+/g, (space) => (space.includes("\n") ? "\n" : " "));
  const clauses = spaced.split(CLAUSE_END);
  for (const [at, clause] of clauses.entries()) {
    const said = clause.replace(QUOTED, " ");
    if (ROLE.test(clauses.slice(at, at + ROLE_CLAUSES).join(" "))) {
      dropped = true;
      break;
    }
    if (says(tokensOf(said), "order")) dropped = true;
    else kept.push(clause);
  }
  if (!dropped) return text;
  const rest = kept
    .join(" ")
    .replace(/^(?:and|then|but)\s+/i, "")
    .trim();
  const words = contentWords(rest)
    .split(" ")
    .filter((word) => word !== "").length;
  return words >= FEWEST_WORDS || (words > 0 && rest.includes("?")) ? rest : "";
}
