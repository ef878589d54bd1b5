import type { Paper, Scope } from "../../src/protocol.ts";
import { navigate } from "../router/navigate.ts";
import { chatPath } from "../router/route.ts";
import { Store } from "./store.ts";

export interface ScopedPapers {
  /** At most MAX_SCOPE_PAPERS. */
  readonly papers: readonly Pick<Paper, "id" | "title">[];
  /** What the papers are together, where they were chosen as a group: a cluster's name, "12 papers from the map". */
  readonly label?: string;
}

/** The papers that the next questions are about; undefined for all of them. */
export const scope = new Store<ScopedPapers | undefined>(undefined);

/** "Ask about these papers": sets the scope and opens a new conversation with the composer ready. */
export function askAbout(papers: ScopedPapers): void {
  scope.set(papers);
  navigate(chatPath());
  requestAnimationFrame(() => document.querySelector<HTMLElement>("#question")?.focus());
}

/** As a question is asked with it. */
export function scopeOf(): Scope | undefined {
  const papers = scope.get()?.papers ?? [];
  return papers.length === 0 ? undefined : { paperIds: papers.map(({ id }) => id) };
}
