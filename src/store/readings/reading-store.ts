/** A reading (pair-reader.ts), and what of it is wanted without the rest. */
export interface StoredReading {
  readonly reading: Uint8Array;
  /** The paper's vector in bytes (reading-format.ts). */
  readonly vector: Int8Array;
}

/** Port: readings by the revision of their paper. What is lost can be made again. */
export interface ReadingStore {
  /** Those of the revisions that are there and whole; never throws. */
  get(revisions: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>;
  /** The vectors of those of the revisions that are there, without a look at their readings; never throws. */
  vectors(revisions: readonly string[]): Promise<ReadonlyMap<string, Int8Array>>;
  /** Those of the revisions that are not there. */
  missing(revisions: readonly string[]): Promise<readonly string[]>;
  /** @throws AppError (internal) when the disk takes nothing */
  add(readings: ReadonlyMap<string, StoredReading>): Promise<void>;
  /** Removes what belongs to no revision of these, and what another reader made. */
  keepOnly(revisions: readonly string[]): Promise<void>;
}
