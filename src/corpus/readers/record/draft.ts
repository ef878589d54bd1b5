import type { PaperMark } from "../../paper.ts";

/** A record as its source writes it: any member may be anything. `to-record.ts` makes a record of what can be used. */
export interface Draft {
  readonly title?: unknown;
  readonly abstract?: unknown;
  /** A text, or texts with their pages. */
  readonly body?: unknown;
  /** Names in one text, a list of names, or objects with the parts of a name. */
  readonly authors?: unknown;
  readonly year?: unknown;
  readonly venue?: unknown;
  readonly url?: unknown;
  readonly doi?: unknown;
  readonly arxivId?: unknown;
  readonly tags?: unknown;
  /** What its source says of it: "retracted". */
  readonly flags?: readonly string[] | undefined;
  /** Other papers that it says something of, by their identity keys: what a notice retracts. */
  readonly marks?: readonly PaperMark[] | undefined;
}
