/** Port: the records of a file, one after the other. One adapter a format. */
import type { PaperRecord } from "../paper.ts";

/** A record with the line (from 1) that it ends on, or why there is none. */
export type ReadItem =
  | { readonly record: PaperRecord; readonly line: number }
  | { readonly problem: { readonly line: number; readonly reason: string } };

export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told how many more bytes of the file have been read. */
  readonly onBytes?: ((count: number) => void) | undefined;
}

export interface Reader {
  /** The format, as it is listed to a user whose file is none that is known. */
  readonly name: string;
  /** @param head the first HEAD_BYTES of the file, decoded leniently */
  accepts(fileName: string, head: string): boolean;
  /**
   * In the order of the file, in memory that does not grow with it. A broken record, and a file that ends in an error,
   * is a problem among the records; the only thing thrown is the abort.
   */
  read(file: string, options?: ReadOptions): AsyncIterable<ReadItem>;
}

export const HEAD_BYTES = 4096;
