import type { Answer } from "../../src/protocol.ts";
import { Store } from "./store.ts";

/** Ids of the papers that the answer shown last quotes: the map lights them up. */
export const answerPapers = new Store<readonly string[]>([]);

/** @param answer the one that is shown; while there is none yet, the one before stays */
export function lightUp(answer: Answer | undefined): void {
  if (answer !== undefined) answerPapers.set([...new Set(answer.citations.map(({ paperId }) => paperId))]);
}
