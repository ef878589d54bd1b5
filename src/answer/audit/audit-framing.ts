import { digitQuantities } from "../../claim/claim-numbers.ts";
import { begins, tokensOf } from "../../question/phrases.ts";
import { namesIn } from "../../text/names-in.ts";
import { terms } from "../../text/terms.ts";

/** Terms below which a sentence without a number or name asserts nothing that could be checked. */
const FEWEST_TERMS = 3;
/** Signs around a sentence; at its end looked for from the first of them alone. */
const WRAPPING = /^[*_"“(]+|(?<![*_"”)])[*_"”)]+$/g;
/** Whether a sentence states a fact, rather than asks, leads over or frames what the answer states. */
export function isFactual(sentence: string): boolean {
  const text = sentence.trim().replace(WRAPPING, "");
  const tokens = tokensOf(text);
  // "Here are …", "In short": it speaks of the answer itself.
  if (/[?:]$/.test(text) || begins(tokens, "framing") !== undefined) return false;
  const specific = digitQuantities(text).length > 0 || namesIn(text).length > 0;
  // "The sources discuss two approaches."
  if (!specific && begins(tokens, "ofSources") !== undefined) return false;
  return new Set(terms(text)).size >= (specific ? FEWEST_TERMS - 1 : FEWEST_TERMS);
}
