/** Words with their vectors, each made once: papers of a field share most of theirs. */
import type { Embedder } from "../embedding/embedder.ts";

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
