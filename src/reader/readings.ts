/** Readings of a corpus' papers, each made once: kept in memory for papers that are asked for often, in a store for all. */
import { LRUCache } from "lru-cache";
import type { Paper } from "../protocol.ts";
import type { ReadingStore, StoredReading } from "../store/readings/reading-store.ts";
import type { PairReader, ReadablePaper } from "./pair-reader.ts";
import { paperVector, VECTOR, withVector } from "./reading-format.ts";

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
  /**
   * The logits of a text's sentences, read as the abstract of its paper: a passage of a body. Kept in memory alone.
   * @param key of the text, as lasting as it. @throws DOMException AbortError
   */
  readTexts(
    texts: readonly (ReadablePaper & { readonly key: string })[],
    signal?: AbortSignal,
  ): Promise<readonly Float32Array[]>;
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
  /** By revision, or by the key of a text. */
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
      readTexts: async (texts, signal) => {
        const readings: Uint8Array[] = [];
        for (const each of texts) {
          const reading = this.#kept.get(each.key) ?? (await this.#reader.read(each, signal));
          this.#kept.set(each.key, reading);
          readings.push(reading);
        }
        return this.#reader.score(text, readings, signal);
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

/** The vectors of many papers, each as long as `paperVector` makes it, compared with a question's in one pass. */
export class PaperVectors {
  readonly #rows: Int8Array;
  /** 1 / length of each row; 0 where there is none yet. */
  readonly #inverse: Float64Array;
  #missing: number;

  /** @param count papers */
  constructor(count: number) {
    this.#rows = new Int8Array(count * VECTOR);
    this.#inverse = new Float64Array(count);
    this.#missing = count;
  }

  get missing(): number {
    return this.#missing;
  }

  has(at: number): boolean {
    return this.#inverse[at] !== 0;
  }

  /** One of another length, or of zeros, counts as none. */
  set(at: number, vector: Int8Array): void {
    if (this.has(at) || vector.length !== VECTOR) return;
    const length = Math.hypot(...vector);
    if (length === 0) return;
    this.#rows.set(vector, at * VECTOR);
    this.#inverse[at] = 1 / length;
    this.#missing--;
  }

  /** For each paper the cosine with the question's vector; the mean of the others for one that is not here yet. */
  cosines(question: Float32Array): Float32Array {
    const length = Math.hypot(...question) || 1;
    const asked = Float64Array.from(question, (value) => value / length);
    const cosines = new Float32Array(this.#inverse.length);
    let sum = 0;
    for (let at = 0; at < cosines.length; at++) {
      const inverse = this.#inverse[at] as number;
      if (inverse === 0) continue;
      const cosine = inverse * this.#dot(at * VECTOR, asked);
      cosines[at] = cosine;
      sum += cosine;
    }
    if (this.#missing > 0) {
      const middle = sum / Math.max(1, cosines.length - this.#missing);
      for (let at = 0; at < cosines.length; at++) if (!this.has(at)) cosines[at] = middle;
    }
    return cosines;
  }

  #dot(from: number, asked: Float64Array): number {
    const rows = this.#rows;
    let [even, odd] = [0, 0];
    for (let i = 0, k = from; i < VECTOR; i += 2, k += 2) {
      even += (rows[k] as number) * (asked[i] as number);
      odd += (rows[k + 1] as number) * (asked[i + 1] as number);
    }
    return even + odd;
  }
}
