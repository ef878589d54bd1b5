/** Port: vectors with the place in the corpus that each stands for, searched by cosine. */
import type { Field } from "../protocol.ts";

/** What a vector stands for: a whole paper (title and abstract), or a span of one of its fields. */
export interface VectorItem {
  readonly paperId: string;
  readonly kind: "paper" | "passage";
  readonly field: Field;
  /** UTF-16 offsets into `paper[field]`; 0 and its length for a whole paper. */
  readonly start: number;
  readonly end: number;
}

export interface VectorHit {
  readonly item: VectorItem;
  /** Cosine in [-1, 1]. */
  readonly score: number;
}

export interface VectorStore {
  readonly dimension: number;
  readonly items: readonly VectorItem[];
  /** The stored unit vector of `items[index]`, a view that must not be written to. */
  vector(index: number): Float32Array;
  /**
   * Cosine of `query` (unit length, `dimension` numbers) with every item: entry i belongs to `items[i]`.
   * @throws AppError (internal) when the query has another dimension.
   */
  scores(query: Float32Array): Float32Array;
  /** The `count` items of highest cosine, best first; ties keep the order of `items`. */
  search(query: Float32Array, count: number): VectorHit[];
}
