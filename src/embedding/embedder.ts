/** Port: texts in, unit vectors out. */
export interface Embedder {
  /** The name the configuration gave, e.g. `footnote/papers-static`. */
  readonly model: string;
  /** Hash over the model's files and every setting that changes its vectors; vectors of unequal hashes never meet. */
  readonly fingerprint: string;
  /** Length of every vector. */
  readonly dimension: number;
  /**
   * One L2-normalised vector of `dimension` for each text, in order; an empty text gives the zero vector.
   * @param kind which prefix the model was trained with goes before the text.
   * @throws DOMException AbortError when `signal` fires between two batches.
   */
  embed(texts: readonly string[], kind: "query" | "passage", signal?: AbortSignal): Promise<Float32Array[]>;
}
