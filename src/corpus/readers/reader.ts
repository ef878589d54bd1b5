/** Port: the records of a file, one after the other. One adapter a format. */
import type { PaperRecord } from "../paper.ts";

/** What a record that cannot be used is called, as far as it says: the paper that it is has not left the file. */
export interface RecordName {
  readonly title?: string;
  readonly doi?: string;
  readonly arxivId?: string;
}

/** A record with the line (from 1) that it ends on, or why there is none; or what is to be told beside them. */
export type ReadItem =
  | {
      readonly record: PaperRecord;
      readonly line: number;
      /** What of it was left out, and why. */
      readonly notes?: readonly string[];
    }
  | {
      readonly problem: { readonly line?: number; readonly reason: string };
      readonly named?: RecordName;
      /** The file could not be read to its end: what it holds behind is not known. */
      readonly cutsOff?: true;
    }
  | { readonly note: { readonly line?: number; readonly reason: string } };

export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told how many more bytes of the file have been read. */
  readonly onBytes?: ((count: number) => void) | undefined;
}

/** What a format is told by. */
export interface FileHead {
  /** The file's name, without its folder. */
  readonly name: string;
  /** The first HEAD_BYTES as they are, inflated where the file is gzipped. */
  readonly bytes: Buffer;
  /** These as text, without a byte order mark; what is cut in half at the end is left in. */
  readonly text: string;
}

export interface Reader {
  /** The format, as it is listed to a user whose file is none that is known. */
  readonly name: string;
  /** By what the file holds; its name helps where that may be two formats. */
  accepts(head: FileHead): boolean;
  /**
   * In the order of the file, in memory that does not grow with it. A broken record, and a file that ends in an error,
   * is a problem among the records; the only thing thrown is the abort.
   */
  read(file: string, options?: ReadOptions): AsyncIterable<ReadItem>;
}

export const HEAD_BYTES = 128 * 1024;
