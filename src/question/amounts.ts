/** The amounts of a text. */
import { wordsFor } from "./lexicon.ts";

const WORD = `(?:${wordsFor("numeral").join("|")})`;
const UNIT = "\\s?(?:\\\\?%|×)|\\s?(?:x|times|fold|percent|percentage points?|points?|[KMBT])\\b|-\\p{L}+";
/** "2.7T", "6.9 billion", "4 out of 7", "two-thirds"; not the 2 of "GPT-2", of a formula, of a note. */
const AMOUNT = new RegExp(
  `(?<![\\p{L}\\p{N}$^_{[.-])\\d(?:[\\d.,]*\\d)?(?![\\p{N}])(?:\\s(?:out )?of \\d+)?(?:\\s${WORD})?(?:${UNIT}|(?![\\p{L}^]))|\\b${WORD}(?:[\\s-]${WORD})*(?:-fold)?\\b`,
  "giu",
);

/** Numbers with their units, and numbers as words. UTF-16 offsets. */
export function amountsIn(text: string): { start: number; end: number }[] {
  return [...text.matchAll(AMOUNT)].map(({ 0: amount, index }) => ({
    start: index,
    end: index + amount.length,
  }));
}
