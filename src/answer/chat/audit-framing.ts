import { terms } from "../../retrieval/terms.ts";
import { namesIn } from "./claim-names.ts";
import { digitQuantities } from "./claim-numbers.ts";

/** Terms below which a sentence without a number or name asserts nothing that could be checked. */
const FEWEST_TERMS = 3;
/** Opens a sentence that speaks of the answer itself. */
const FRAMING =
  /^(?:here(?:'s| is| are)|below|the following|as follows|let me|let's|i(?:'ll|'m|'ve)?\s|we can|if you|feel free|please|would you|sure|certainly|of course|thank|to (?:answer|summari[sz]e|sum up)|in (?:summary|short|conclusion)$)/i;
/** Signs around a sentence; at its end looked for from the first of them alone. */
const WRAPPING = /^[*_"“(]+|(?<![*_"”)])[*_"”)]+$/g;
/** "The sources discuss two approaches." */
const OF_SOURCES =
  /^(?:based on |according to )?(?:the|these|several|two|three|all|both|your) (?:\w+ )?(?:sources|papers|abstracts|passages|documents)\b/i;

/** Whether a sentence states a fact, rather than asks, leads over or frames what the answer states. */
export function isFactual(sentence: string): boolean {
  const text = sentence.trim().replace(WRAPPING, "");
  if (/[?:]$/.test(text) || FRAMING.test(text)) return false;
  const specific = digitQuantities(text).length > 0 || namesIn(text).length > 0;
  if (!specific && OF_SOURCES.test(text)) return false;
  return new Set(terms(text)).size >= (specific ? FEWEST_TERMS - 1 : FEWEST_TERMS);
}
