/** Whether a question names anything that an abstract could state or fail to state. */

import { terms } from "../text/terms.ts";
import { UNKNOWN_TERM } from "../text/unknown-term.ts";
import { askedFor } from "./asked-for.ts";
import { says, tokensOf } from "./phrases.ts";

/**
 * A noun behind the question word, an amount, a person, a time, a place, whether, or else a word that some paper has. Of
 * "Was ist DiffCSE?" nothing of the kind is left, nor of a row of names.
 * @param rest the question without the name of the paper
 * @param idf inverse document frequency of a stemmed term in the corpus
 */
export function asksForThing(rest: string, idf: (term: string) => number): boolean {
  const { noun, amount } = askedFor(rest);
  const known = () => terms(rest).some((term) => idf(term) < idf(UNKNOWN_TERM));
  const tokens = tokensOf(rest);
  return amount || noun !== "" || says(tokens, "whether") || says(tokens, "personTimePlace") || known();
}
