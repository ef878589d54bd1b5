/** Port: vectors with the place in the corpus that each stands for, searched by cosine; written once, then only read. */
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
  /** Position in `items`. */
  readonly index: number;
  /** Cosine in [-1, 1]. */
  readonly score: number;
}

export interface VectorStore {
  readonly dimension: number;
  readonly items: readonly VectorItem[];
  /** The stored unit vector of `items[index]`, a view that must not be written to. */
  vector(index: number): Float32Array;
  /**
   * The cosine of every item with `query` (unit length): entry i belongs to `items[i]`.
   * @throws AppError (internal) when the query has another dimension.
   */
  scores(query: Float32Array): Float32Array;
  /** The `count` items of highest cosine, best first; ties keep the order of `items`. Throws as `scores` does. */
  search(query: Float32Array, count: number): VectorHit[];
}

/** How a store gets on disk and back. A folder holds one store and nothing else that the storage knows of. */
export interface VectorStorage {
  /** Items that a store holds at most: past it something else than this storage is right. */
  readonly capacity: number;
  /** `vectors[i]` belongs to `items[i]`. @returns the names of the files it wrote into `folder` */
  write(folder: string, items: readonly VectorItem[], vectors: readonly Float32Array[]): Promise<string[]>;
  /** @throws AppError (internal) that names the file when it is missing, broken or of another dimension. */
  load(folder: string, dimension: number): Promise<VectorStore>;
}
