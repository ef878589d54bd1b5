/** Port: vectors with the place in the corpus that each stands for, searched by cosine; written once, then only read. */
import type { Field } from "../../protocol.ts";

/** What a vector stands for: a whole paper (title and abstract), or a span of one of its fields. */
export interface VectorItem {
  readonly paperId: string;
  readonly kind: "paper" | "passage";
  readonly field: Field;
  /** UTF-16 offsets into `paper[field]`; 0 and its length for a whole paper. */
  readonly start: number;
  readonly end: number;
}

export interface StoredVector {
  readonly item: VectorItem;
  /** Of unit length; not to be written to. */
  readonly vector: Float32Array;
}

export interface VectorHit {
  readonly item: VectorItem;
  /** Cosine in [-1, 1]. */
  readonly score: number;
}

export interface VectorSearch {
  /** Hits at most; absent: all that pass. */
  readonly limit?: number;
  /** What is looked at; absent: all. */
  readonly filter?: {
    readonly kind?: VectorItem["kind"];
    readonly paperIds?: ReadonlySet<string>;
  };
}

export interface VectorStore {
  readonly dimension: number;
  /**
   * The items of highest cosine with `query` (unit length), best first; ties keep the order in which they were written.
   * Searches with the same array as `query` may share their work: it must not be written to in between.
   * @throws AppError (internal) when the query has another dimension.
   */
  search(query: Float32Array, search: VectorSearch): Promise<VectorHit[]>;
  /** The vectors of these papers as wholes, as far as there are such, by the paper's id. */
  wholes(paperIds: readonly string[]): Promise<ReadonlyMap<string, Float32Array>>;
  /** Everything, in the order in which it was written: for the next generation, no question needs it. */
  all(): AsyncIterable<StoredVector>;
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
