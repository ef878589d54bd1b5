import { Store } from "./store.ts";

/** Ids of the papers that the answer shown last draws on: the map lights them up. */
export const answerPapers = new Store<readonly string[]>([]);
