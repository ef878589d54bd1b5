/** Port: readings (pair-reader.ts) by the revision of their paper. What is lost can be made again. */
export interface ReadingStore {
  /** Those of the revisions that are there and whole; never throws. */
  get(revisions: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>;
  /** Those of the revisions that are not there. */
  missing(revisions: readonly string[]): Promise<readonly string[]>;
  /** @throws AppError (internal) when the disk takes nothing */
  add(readings: ReadonlyMap<string, Uint8Array>): Promise<void>;
  /** Removes what belongs to no revision of these, and what another reader made. */
  keepOnly(revisions: readonly string[]): Promise<void>;
}
