/** A question that may be suggested, before it is known whether it is answered. */
import type { Paper } from "../../protocol.ts";

export interface Suggestion {
  readonly question: string;
  /** The papers that must come before all others for it to be answered. */
  readonly papers: readonly Paper[];
}
