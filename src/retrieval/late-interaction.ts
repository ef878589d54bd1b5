/** Late interaction (ColBERT's MaxSim: Khattab & Zaharia 2020) over vectors of single words, to re-rank few papers. */
import { readPaper } from "../corpus/read-paper.ts";
import type { Embedder } from "../embedding/embedder.ts";
import type { Paper } from "../protocol.ts";
import { COLUMNS, dots } from "../util/vectors.ts";
import { questionWords } from "./question-words.ts";
import { WordTable } from "./word-table.ts";

/** Words kept; past it all are forgotten. At 256 dimensions 1 kB each; 236 papers have 5,000, 20,000 papers 60,000. */
const KEPT = 20_000;

export class LateInteraction {
  readonly #embedder: Embedder;
  readonly #idf: (word: string) => number;
  #table: WordTable;

  /** @param idf of an unstemmed word */
  constructor(embedder: Embedder, idf: (word: string) => number) {
    this.#embedder = embedder;
    this.#table = new WordTable(embedder);
    this.#idf = idf;
  }

  /**
   * For each paper how near its words come to those of the question: the mean, by weight, of each question word's
   * cosine with the paper's nearest word. A vector of the whole question blurs what its words say one by one.
   */
  async scores(question: string, papers: readonly Paper[], signal?: AbortSignal): Promise<number[]> {
    const asked = await questionWords(this.#embedder, question, this.#idf, signal);
    if (this.#table.size > KEPT) this.#table = new WordTable(this.#embedder);
    const table = this.#table;
    const [words = new Int32Array(), ...texts] = await table.idsOf(
      [asked.map(({ word }) => word), ...papers.map((paper) => readPaper(paper).words)],
      signal,
    );
    const whole = asked.reduce((sum, { weight }) => sum + weight, 0) || 1;
    const weights = asked.map(({ weight }) => weight / whole);
    return maxSim(table, words, weights, texts);
  }
}

/** For each text the sum over the words asked for of weight × the highest cosine, at least 0, with one of its words. */
function maxSim(
  table: WordTable,
  asked: Int32Array,
  weights: readonly number[],
  texts: readonly Int32Array[],
): number[] {
  const { slots, ids } = distinct(texts, table.size);
  const sums = texts.map(() => 0);
  const cosines = new Float32Array(ids.length * COLUMNS);
  for (let first = 0; first < asked.length; first += COLUMNS) {
    const columns = interleaved(table, asked.subarray(first, first + COLUMNS));
    const dimension = columns.length / COLUMNS;
    for (let at = 0; at < ids.length; at++)
      dots(table.rows, (ids[at] as number) * dimension, columns, cosines, at * COLUMNS);
    for (const [text, words] of texts.entries()) {
      for (let column = 0; column < COLUMNS; column++) {
        const best = highest(cosines, column, words, slots);
        sums[text] = (sums[text] as number) + (weights[first + column] ?? 0) * best;
      }
    }
  }
  return sums;
}

/** The highest of a text's cosines in that column, at least 0. */
function highest(cosines: Float32Array, column: number, words: Int32Array, slots: Int32Array): number {
  let best = 0;
  for (let at = 0; at < words.length; at++) {
    const cosine = cosines[(slots[words[at] as number] as number) * COLUMNS + column] as number;
    if (cosine > best) best = cosine;
  }
  return best;
}

/** Each id of the texts once, and where among them an id stands. */
function distinct(texts: readonly Int32Array[], size: number): { slots: Int32Array; ids: Int32Array } {
  const slots = new Int32Array(size).fill(-1);
  const ids = new Int32Array(size);
  let count = 0;
  for (const words of texts) {
    for (const id of words) {
      if (slots[id] !== -1) continue;
      slots[id] = count;
      ids[count++] = id;
    }
  }
  return { slots, ids: ids.subarray(0, count) };
}

/** The vectors of a few words as `dots` takes them; zeros where there are too few. */
function interleaved(table: WordTable, ids: Int32Array): Float64Array {
  const rows = Array.from(ids, (id) => table.row(id));
  const columns = new Float64Array((rows[0]?.length ?? 0) * COLUMNS);
  for (const [column, row] of rows.entries())
    for (const [i, value] of row.entries()) columns[i * COLUMNS + column] = value;
  return columns;
}
