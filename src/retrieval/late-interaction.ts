/** Late interaction (ColBERT's MaxSim: Khattab & Zaharia 2020) over vectors of single words, to re-rank few papers. */
import { readPaper } from "../corpus/read-paper.ts";
import type { Embedder } from "../embedding/embedder.ts";
import type { Paper } from "../protocol.ts";
import { wordsOf } from "../text/words.ts";
import { COLUMNS, dot, dots } from "../util/vectors.ts";

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

/** Words that there is room for at first. */
const ROOM = 1024;

export class WordTable {
  readonly #embedder: Embedder;
  readonly #ids = new Map<string, number>();
  #rows: Float32Array;

  constructor(embedder: Embedder) {
    this.#embedder = embedder;
    this.#rows = new Float32Array(ROOM * embedder.dimension);
  }

  /** Words it has; their ids count from 0. */
  get size(): number {
    return this.#ids.size;
  }

  /** Row-major, at least size × dimension. Another array once words are added. */
  get rows(): Float32Array {
    return this.#rows;
  }

  /** The vector of a word, by its id. */
  row(id: number): Float32Array {
    const { dimension } = this.#embedder;
    return this.#rows.subarray(id * dimension, (id + 1) * dimension);
  }

  /** For each text the ids of its words, in order; new words are embedded, all at once. */
  async idsOf(texts: readonly (readonly string[])[], signal?: AbortSignal): Promise<Int32Array[]> {
    const missing = new Set<string>();
    for (const words of texts) for (const word of words) if (!this.#ids.has(word)) missing.add(word);
    const made = await this.#embedder.embed([...missing], "passage", signal);
    let at = 0;
    for (const word of missing) this.#add(word, made[at++] as Float32Array);
    return texts.map((words) => Int32Array.from(words, (word) => this.#ids.get(word) as number));
  }

  #add(word: string, vector: Float32Array): void {
    // Another question may have added it while the vectors were made.
    if (this.#ids.has(word)) return;
    const from = this.#ids.size * vector.length;
    if (from === this.#rows.length) {
      const grown = new Float32Array(2 * this.#rows.length);
      grown.set(this.#rows);
      this.#rows = grown;
    }
    this.#rows.set(vector, from);
    this.#ids.set(word, this.#ids.size);
  }
}
