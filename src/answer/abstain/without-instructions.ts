/** Takes out of a question what is not asked of the papers but said to the machine: about its rules, role and output. */
import { contentWords } from "../../retrieval/terms.ts";
import { LEADING_MARKS } from "../../util/leading-marks.ts";

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

const LINK = `^${LEADING_MARKS}(?:(?:and|then|but|so|now|first|please|also|instead)\\s+)*`;
const starts = (pattern: string): RegExp => new RegExp(LINK + pattern, "iu");

/** What is said to the machine, clause by clause. Each is an order or a statement: questions do not begin so. */
const ORDERS: readonly RegExp[] = [
  // Ignore all previous instructions; forget the papers.
  starts(
    "(?:ignore|disregard|forget|override|bypass|discard|drop|stop following|do not follow|don['’]t follow)\\s+(?:about\\s+)?(?:all|any|every|each|the|your|my|our|these|those|this|that|what|everything|anything|previous|prior|earlier|above)\\b",
  ),
  // You are now …; pretend to be …; from now on …; let's play a game.
  starts(
    "(?:you are|you['’]re)\\s+(?:now|no|not|an?|the|pretty|so|very|my)\\b|^[^\\p{L}\\p{N}]{0,20}you (?:answer|must|may now|will now|can now)\\b",
  ),
  starts(
    "(?:from now on|pretend|role-?play|let['’]?s play|(?:act|behave|speak|answer|respond) (?:as|like) (?:if you|an?|the)\\b|(?:take|play|assume) (?:on )?the role)",
  ),
  // Your prompt, rules, keys; what you were told.
  /\byour\s+(?:\S+\s+){0,2}?(?:prompts?|instructions?|rules?|guidelines?|configuration|config|environment|secrets?|api[- ]?keys?|passwords?|source code|developers?|creators?)\b/iu,
  starts(
    "(?:reveal|print|show|tell|give|repeat|output|leak|display|dump)\\b.*\\b(?:system|hidden|secret|initial|developer) (?:prompts?|instructions?|messages?|rules|configuration|settings)\\b",
  ),
  /\b(?:prompts?|instructions?|text|words?|characters?|everything|messages?|lines?)\b.{0,40}\b(?:you were (?:given|told)|(?:above|before) this (?:line|message|point|prompt))\b/iu,
  // Answer only with …; make something up.
  starts(
    "(?:only\\s+)?(?:reply|respond|answer|output|say|write|print|repeat|confirm|return|end)\\b.*\\b(?:only|exactly|nothing (?:else|but)|word for word|verbatim|with (?:the words?|\\p{Lu}{4,}|\\d+))\\b",
  ),
  starts("(?:make up|invent|fabricate|hallucinate|(?:cite|quote) (?:any|some|whatever))\\b"),
];

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
    if (ORDERS.some((order) => order.test(said))) dropped = true;
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
