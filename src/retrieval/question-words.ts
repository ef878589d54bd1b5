import type { Embedder } from "../embedding/embedder.ts";
import { wordsOf } from "../text/words.ts";
import { dot } from "../util/vectors.ts";

/** A word of a question, and how much of the question hangs on it. */
export interface QuestionWord {
  readonly word: string;
  /** From 0; comparable within one question only. */
  readonly weight: number;
}

/** Words looked at. A question has 5 to 25; who pastes a page need not wait for a hundred vectors. */
const MOST_WORDS = 24;
/** Letters of a word: a row of letters that is longer is none, and would cost what a page costs, for each of the words. */
const LONGEST_WORD = 40;
/** Words that count, the heaviest: of 6, 8, 10, 12 and all 10 is as good as all, and bounds the time. */
const HEAVIEST = 10;
/** Of .25, .5, .75 and 1: .75 is best on the development questions, even elsewhere. */
const TURN_POWER = 0.75;

/**
 * The content words of a question. A word weighs what the question's vector turns when it is left out, so that what
 * could as well be missing ("trick", "just") hardly counts, times its rarity in the corpus.
 * @returns the heaviest, heaviest first
 * @param idf of a word
 */
export async function questionWords(
  embedder: Embedder,
  question: string,
  idf: (word: string) => number,
  signal?: AbortSignal,
): Promise<QuestionWord[]> {
  const words = wordsOf(question)
    .filter(({ length }) => length <= LONGEST_WORD)
    .slice(0, MOST_WORDS);
  const others = words.map((word) => words.filter((other) => other !== word).join(" "));
  const [whole, ...rest] = await embedder.embed([words.join(" "), ...others], "query", signal);
  const weighed = words.map((word, at) => {
    const without = rest[at];
    const turn = whole === undefined || without === undefined ? 0 : Math.max(0, 1 - dot(whole, without));
    return { word, weight: turn ** TURN_POWER * idf(word) };
  });
  return weighed.sort((a, b) => b.weight - a.weight).slice(0, HEAVIEST);
}
