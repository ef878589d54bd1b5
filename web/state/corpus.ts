import { watchReadiness } from "./readiness.ts";
import { Store } from "./store.ts";

/** Counts how often this page has seen the papers change: what is kept of them is asked for again. */
export const corpusVersion = new Store(0);

export function corpusChanged(): void {
  corpusVersion.set(corpusVersion.get() + 1);
  void watchReadiness();
}
