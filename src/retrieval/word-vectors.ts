/** Vectors of single words, made once: papers of a field share most of theirs. */
import type { Embedder } from "../embedding/embedder.ts";

/** Words kept; past it all are forgotten. At 256 dimensions about 1 kB each. */
const KEPT = 20_000;

export class WordVectors {
  readonly #embedder: Embedder;
  #known = new Map<string, Float32Array>();

  constructor(embedder: Embedder) {
    this.#embedder = embedder;
  }

  /** For each word its vector, in order. */
  async of(words: readonly string[], signal?: AbortSignal): Promise<Float32Array[]> {
    if (this.#known.size + words.length > KEPT) this.#known = new Map();
    const known = this.#known;
    const missing = words.filter((word) => !known.has(word));
    const made = await this.#embedder.embed(missing, "passage", signal);
    for (const [at, word] of missing.entries()) known.set(word, made[at] as Float32Array);
    return words.map((word) => known.get(word) as Float32Array);
  }
}
