import { fresh, shownChat, startAnew } from "./chats.ts";
import type { ScopedPapers } from "./scoped-papers.ts";

/** The papers that the next questions of the conversation that is shown are about; undefined for all of them. */
export const scope = {
  set: (papers: ScopedPapers | undefined): void => shownChat().scope.set(papers),
};

/** "Ask about these papers": opens a new conversation about them with the composer ready. */
export function askAbout(papers: ScopedPapers): void {
  startAnew();
  fresh.get().scope.set(papers);
  requestAnimationFrame(() => document.querySelector<HTMLElement>("#question")?.focus());
}
