import type { Paper } from "../../src/protocol.ts";
import { Store } from "../state/store.ts";

/** The papers that are ticked, by id, in the order in which they were; as long as the page is open. */
export const selectedPapers = new Store<ReadonlyMap<string, Paper>>(new Map());

export function toggleSelected(paper: Paper): void {
  const next = new Map(selectedPapers.get());
  if (!next.delete(paper.id)) next.set(paper.id, paper);
  selectedPapers.set(next);
}
