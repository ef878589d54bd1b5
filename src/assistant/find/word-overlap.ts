/** How far a text stands in another word for word: as a part of it, with slips, and with words left out. */
import { wordsIn } from "../../text/words-in.ts";
import { isMisspelt } from "../../util/is-misspelt.ts";

/** Words in order, each with what it tells. */
export interface WeighedWords {
  readonly words: readonly string[];
  readonly weights: readonly number[];
  readonly total: number;
}

/** What a word of the other text counts that stands between words of this one and is not in it. */
const BETWEEN = 0.5;
/** Share of the words, in any order, below which the order is not looked at. */
const WORTH_ORDERING = 0.35;
/** Words of a text: a window of sentences of more is no sentence. */
const MOST_WORDS = 400;

/** @param weightOf of a folded word */
export function weigh(text: string, weightOf: (word: string) => number): WeighedWords {
  // "atten- tion": parted at the end of a line.
  const whole = text.replace(/(\p{L})-\s+(?=\p{Ll})/gu, "$1");
  const words = wordsIn(whole)
    .slice(0, MOST_WORDS)
    .map((word) => word.text);
  const weights = words.map(weightOf);
  return { words, weights, total: weights.reduce((sum, weight) => sum + weight, 0) };
}

/** In [0, 1]: 1 where all its words stand in the other, in order and with nothing between them. */
export function wordOverlap(text: WeighedWords, other: WeighedWords): number {
  if (sharedInAnyOrder(text, other) < WORTH_ORDERING) return 0;
  const { matched, between } = longestInOrder(text, other);
  return matched / (text.total + BETWEEN * between);
}

/**
 * Share of its words that the other has, in [0, 1]. Slips are not looked for: a text full of them has enough words that
 * have none.
 */
export function sharedInAnyOrder(text: WeighedWords, { words }: WeighedWords): number {
  if (text.total === 0) return 0;
  const others = new Set(words);
  const shared = text.words.reduce(
    (sum, word, at) => sum + (others.has(word) ? (text.weights[at] ?? 0) : 0),
    0,
  );
  return shared / text.total;
}

/** By dynamic programming, the heaviest common subsequence; `between` weighs what the other has between its words. */
function longestInOrder(a: WeighedWords, b: WeighedWords): { matched: number; between: number } {
  const width = b.words.length + 1;
  const best = new Float64Array((a.words.length + 1) * width);
  const same = (i: number, j: number) => isMisspelt(a.words[i] ?? "", b.words[j] ?? "");
  for (let i = a.words.length - 1; i >= 0; i--)
    for (let j = b.words.length - 1; j >= 0; j--) {
      const skip = Math.max(best[(i + 1) * width + j] ?? 0, best[i * width + j + 1] ?? 0);
      const take = same(i, j) ? (a.weights[i] ?? 0) + (best[(i + 1) * width + j + 1] ?? 0) : 0;
      best[i * width + j] = Math.max(skip, take);
    }
  let [i, j, inside, between] = [0, 0, 0, 0];
  let begun = false;
  while (i < a.words.length && j < b.words.length && (best[i * width + j] ?? 0) > 0) {
    const here = best[i * width + j];
    if (same(i, j) && here === (a.weights[i] ?? 0) + (best[(i + 1) * width + j + 1] ?? 0)) {
      between += begun ? inside : 0;
      [begun, inside] = [true, 0];
      i++;
      j++;
    } else if (here === best[(i + 1) * width + j]) i++;
    else {
      inside += b.weights[j] ?? 0;
      j++;
    }
  }
  return { matched: best[0] ?? 0, between };
}
