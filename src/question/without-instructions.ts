/** Takes out of a question what is not asked of the papers but said to the machine: about its rules, role and output. */

import { contentWords } from "../text/terms.ts";
import { says, tokensOf } from "./phrases.ts";

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
