/** How a sentence opens, and so whether it can be read without the one before it. */

import { SELF as SELF_NAMES } from "./pointing-words.ts";
import { pointsAway } from "./points-away.ts";

/** Join a sentence to the one before it and say nothing themselves. Those of several words need their comma. */
const CONNECTIVE = new RegExp(
  `^(?:\\(?(?:\\d|[ivx]{1,3})\\)|(?:${[
    "however|moreover|furthermore|further|additionally|in addition|besides|also|finally|lastly|last|next|then",
    "first|firstly|second|secondly|third|thirdly|specifically|more specifically|concretely|more concretely",
    "in particular|particularly|precisely|more precisely|in fact|indeed|in other words|that is|for example",
    "for instance|instead|rather|in contrast|by contrast|conversely|on the other hand|on the contrary",
    "similarly|likewise|meanwhile|at the same time|nevertheless|nonetheless|still|yet|therefore|thus|hence",
    "consequently|as a result|as a consequence|accordingly|in turn|in response|overall|taken together|in all",
    "in summary|in sum|to this end|to that end|here|otherwise|unfortunately|more importantly|importantly",
  ].join("|")}),|(?:but|and|so|yet|thus|hence)(?=\\s))\\s*`,
  "i",
);
/** "In this paper" and "this survey" point at nothing before them. */
const SELF = `(?:${[...SELF_NAMES].join("|")})\\b`;
const POINTER = `(?:(?:this|these|that|those|such)\\b(?!\\s+${SELF})|(?:it|its|they|their|them)\\b|the (?:former|latter)\\b)`;
/** "It is known that", "it remains to see whether": this "it" stands for what follows. */
const EXPLETIVE =
  /^it\s+(?:is|was|has been|remains|seems|appears|turns out)\b[^.]{0,60}?\b(?:that|whether|which|what|how|why|to)\b/i;
const POINTS_BACK = new RegExp(`^(?:both\\s+(?:of\\s+)?)?${POINTER}`, "i");
/** "To address this issue, we": what is pointed at stands in an opening phrase that the sentence can do without. */
const OPENING_PHRASE = new RegExp(
  `^(?:to|for|in|by|with|from|on|at|under|after|due to|despite|because of|as|when|while|once|since|if|although|though|where|based on|inspired by|motivated by|\\p{L}+ing)\\s(?:[^,.;:()]{0,50}\\s)?(?:${POINTER}|doing so\\b|so\\b)[^,.;:()]{0,50},\\s+`,
  "iu",
);

/**
 * An opening phrase without a conjunction has no subject and verb of its own: these show that it is the clause itself.
 * Of 561 openings left out in 3562 sentences, this and what follows keep six, which were cut wrongly, and one more.
 */
const FINITE =
  /\b(?:we|is|are|was|were|has|had|can|could|may|might|will|would|shall|should|must|does|did)\b/i;
const SUBORDINATE = /^(?:as|when|while|once|since|if|although|though|where|because)\s/i;
/** What cannot begin a sentence, as it goes on with what is before it: the next item of a list, a relative clause, "-ing". */
const GOES_ON =
  /^(?:(?:which|who|whose|whom|and|or|but|\p{L}+ing)\b|(?!(?:we|i|you|they|it|he|she|our|the|this|these|there|an?|one)\b)(?:[\p{L}\p{N}-]+\s){0,3}[\p{L}\p{N}-]+,\s(?:and|or)\s)/iu;

export interface Opening {
  /** UTF-16 code units that can go: "However, ", "To address this issue, ". */
  readonly skip: number;
  /** What is left points at something said before it: "It …", "This approach …", "We call them …". */
  readonly pointsBack: boolean;
}

/**
 * By English function words alone.
 * @param known stemmed terms that a reader has seen before it: those of the title
 */
export function openingOf(sentence: string, known?: ReadonlySet<string>): Opening {
  let skip = 0;
  for (;;) {
    const rest = sentence.slice(skip);
    const length = (CONNECTIVE.exec(rest)?.[0] ?? openingPhrase(rest)).length;
    if (length === 0 || length === rest.length) break;
    skip += length;
  }
  const rest = sentence.slice(skip);
  return { skip, pointsBack: (POINTS_BACK.test(rest) && !EXPLETIVE.test(rest)) || pointsAway(rest, known) };
}

/** The empty text where it has none that can go. */
function openingPhrase(sentence: string): string {
  const phrase = OPENING_PHRASE.exec(sentence)?.[0] ?? "";
  const clause = FINITE.test(phrase) && !SUBORDINATE.test(phrase);
  return clause || GOES_ON.test(sentence.slice(phrase.length)) ? "" : phrase;
}
