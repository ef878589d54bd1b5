/** Late interaction (ColBERT's MaxSim: Khattab & Zaharia 2020) over vectors of single words, to re-rank few papers. */
import type { Embedder } from "../embedding/embedder.ts";
import type { Paper } from "../protocol.ts";
import { dot } from "../util/dot.ts";
import { questionWords } from "./question-words.ts";
import { WordVectors } from "./word-vectors.ts";
import { wordsOf } from "./words-of.ts";

/**
 * How much a paper's e-fold more words count against it: among more words the nearest one is nearer by chance. In units
 * of the mean cosine; 0, .04 and .08 measured.
 */
const LENGTH = 0.08;

export class LateInteraction {
  readonly #embedder: Embedder;
  readonly #vectors: WordVectors;
  readonly #idf: (word: string) => number;
  readonly #words = new WeakMap<Paper, readonly string[]>();

  /** @param idf of an unstemmed word */
  constructor(embedder: Embedder, idf: (word: string) => number) {
    this.#embedder = embedder;
    this.#vectors = new WordVectors(embedder);
    this.#idf = idf;
  }

  /**
   * For each paper how near its words come to those of the question: the mean, by weight, of each question word's
   * cosine with the paper's nearest word. A vector of the whole question blurs what its words say one by one.
   */
  async scores(question: string, papers: readonly Paper[], signal?: AbortSignal): Promise<number[]> {
    const asked = await questionWords(this.#embedder, question, this.#idf, signal);
    const { numbers, vocabulary } = number(papers.map((paper) => this.#wordsOf(paper)));
    const vectors = await this.#vectors.of(vocabulary, signal);
    const askedVectors = await this.#vectors.of(
      asked.map(({ word }) => word),
      signal,
    );
    const whole = asked.reduce((sum, { weight }) => sum + weight, 0) || 1;
    const scores = numbers.map((words) => -LENGTH * Math.log(words.length + 1));
    const cosines = new Float32Array(vectors.length);
    for (const [at, { weight }] of asked.entries()) {
      if (weight === 0) continue;
      const query = askedVectors[at] as Float32Array;
      for (let word = 0; word < cosines.length; word++)
        cosines[word] = dot(query, vectors[word] as Float32Array);
      for (const [paper, words] of numbers.entries())
        scores[paper] = (scores[paper] as number) + (weight / whole) * highest(cosines, words);
    }
    return scores;
  }

  #wordsOf(paper: Paper): readonly string[] {
    const known = this.#words.get(paper) ?? wordsOf(`${paper.title} ${paper.abstract}`);
    this.#words.set(paper, known);
    return known;
  }
}

/** Each word once, and the texts as numbers of words. */
function number(texts: readonly (readonly string[])[]): { numbers: Int32Array[]; vocabulary: string[] } {
  const known = new Map<string, number>();
  const numberOf = (word: string): number => {
    const found = known.get(word) ?? known.size;
    known.set(word, found);
    return found;
  };
  const numbers = texts.map((words) => Int32Array.from(words, numberOf));
  return { numbers, vocabulary: [...known.keys()] };
}

/** The highest of those values, at least 0. */
function highest(values: Float32Array, at: Int32Array): number {
  let best = 0;
  for (const index of at) if ((values[index] as number) > best) best = values[index] as number;
  return best;
}
