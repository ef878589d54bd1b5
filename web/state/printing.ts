import { flushSync } from "react-dom";
import { Store } from "./store.ts";

/** Whether the page is being laid out for paper: what only paper has is drawn for that alone. */
export const printing = new Store(false);

const paper = matchMedia("print");

/** Browsers take the page as it is when this returns. */
function set(isPrinting: boolean): void {
  flushSync(() => printing.set(isPrinting));
}

export function watchPrinting(): void {
  window.addEventListener("beforeprint", () => set(true));
  window.addEventListener("afterprint", () => set(paper.matches));
  paper.addEventListener("change", () => set(paper.matches));
}
