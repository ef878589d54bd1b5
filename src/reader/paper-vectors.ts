import { VECTOR } from "./reading-format.ts";

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
