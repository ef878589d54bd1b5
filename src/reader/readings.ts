/** Readings of a corpus' papers, each made once: kept in memory for papers that are asked for often, in a store for all. */
import { LRUCache } from "lru-cache";
import type { Paper } from "../protocol.ts";
import type { ReadingStore, StoredReading } from "../store/readings/reading-store.ts";
import type { PairReader } from "./pair-reader.ts";
import { PaperVectors } from "./paper-vectors.ts";
import { paperVector, withVector } from "./reading-format.ts";

/** Bytes in memory, the least recently asked for go first: some 1,000 abstracts. */
const KEPT_BYTES = 96 * 1024 * 1024;

/** A question that the reader knows the words of. */
export interface ReadQuestion {
  /**
   * For each paper of a corpus the cosine of its vector with the question's, known of all that were ever read.
   * @param papers the same array for the same corpus: what is known of it is kept with it
   */
  cosines(papers: readonly Paper[]): Promise<Float32Array>;
  /** What was not read before is read now, some 10 ms a paper. @throws DOMException AbortError */
  read(papers: readonly Paper[], signal?: AbortSignal): Promise<readonly ReadPaper[]>;
}

export interface ReadPaper {
  readonly cosine: number;
  /** The logits of the abstract's sentences (pair-reader.ts). */
  readonly sentences: Float32Array;
}

export class Readings {
  readonly #reader: PairReader;
  readonly #store: ReadingStore;
  readonly #vectors = new WeakMap<readonly Paper[], PaperVectors>();
  /** By revision. */
  readonly #kept = new LRUCache<string, Uint8Array>({
    maxSize: KEPT_BYTES,
    sizeCalculation: ({ byteLength }) => Math.max(1, byteLength),
  });
  #writing: Promise<unknown> = Promise.resolve();

  constructor(reader: PairReader, store: ReadingStore) {
    this.#reader = reader;
    this.#store = store;
  }

  isWord(text: string): boolean {
    return this.#reader.isWord(text);
  }

  /** Undefined for one in words that the reader does not know: its numbers would mean nothing. */
  async question(text: string): Promise<ReadQuestion | undefined> {
    if (!this.#reader.reads(text)) return undefined;
    const vector = await this.#reader.vector(text);
    return {
      cosines: (papers) => this.#cosines(vector, papers),
      read: async (papers, signal) => {
        const readings = await this.#of(papers, signal);
        const near = new PaperVectors(readings.length);
        for (const [at, reading] of readings.entries()) near.set(at, paperVector(reading));
        const cosines = near.cosines(vector);
        const sentences = await this.#reader.score(text, readings, signal);
        return sentences.map((own, at) => ({ cosine: cosines[at] as number, sentences: own }));
      },
    };
  }

  async #cosines(question: Float32Array, papers: readonly Paper[]): Promise<Float32Array> {
    const vectors = this.#vectors.get(papers) ?? new PaperVectors(papers.length);
    this.#vectors.set(papers, vectors);
    if (vectors.missing > 0) {
      const missing = papers.flatMap(({ revision }, at) => (vectors.has(at) ? [] : [{ revision, at }]));
      const found = await this.#store.vectors(missing.map(({ revision }) => revision));
      for (const { revision, at } of missing) {
        const vector = found.get(revision);
        if (vector !== undefined) vectors.set(at, vector);
      }
    }
    return vectors.cosines(question);
  }

  async #of(papers: readonly Paper[], signal?: AbortSignal): Promise<Uint8Array[]> {
    const missing = papers.filter(({ revision }) => !this.#kept.has(revision));
    const stored = await this.#store.get(missing.map(({ revision }) => revision));
    const fresh = new Map<string, StoredReading>();
    const readings: Uint8Array[] = [];
    for (const paper of papers) {
      const { revision } = paper;
      let reading = this.#kept.get(revision) ?? stored.get(revision);
      if (reading === undefined) {
        reading = await this.#reader.read(paper, signal);
        fresh.set(revision, withVector(reading));
      }
      this.#kept.set(revision, reading);
      readings.push(reading);
    }
    // Nobody waits for that, and where the disk takes nothing they are read again.
    this.#writing = Promise.all([this.#writing, this.#store.add(fresh)]).catch(() => undefined);
    return readings;
  }

  /** Waits for what is being written. */
  async settled(): Promise<void> {
    await this.#writing;
  }
}
