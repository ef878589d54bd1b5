/** What pages repeat at their edges: running titles and numbers. */
import type { PageLine } from "./page-lines.ts";

/** Share of the page at its head and foot where they stand. */
const MARGIN = 0.1;
/** Times the size of the text below, and of its letters to it, that tell one by itself. */
const SMALL = 0.93;
const APART = 1.9;
/** Pages from which a line that they share is a running title; of a short paper two tell it. */
const REPEATED = 3;
const SHORT_PAPER = 5;
const PAGE_NUMBER = /^[-–—\s]*(?:page\s)?\d{1,4}(?:\s?(?:of|\/)\s?\d{1,4})?[-–—\s]*$|^[ivxl]{1,6}$/i;

/** Lines of all pages without those at the edges that others have there too, but for their numbers. */
export function withoutRunning(pages: readonly (readonly PageLine[])[], height: number): PageLine[] {
  const isEdge = ({ y }: PageLine) => y > (1 - MARGIN) * height || y < MARGIN * height;
  const shape = (text: string) => text.toLowerCase().replace(/\d+/g, "0");
  const least = pages.length <= SHORT_PAPER ? 2 : REPEATED;
  const counts = new Map<string, number>();
  for (const page of pages) {
    for (const text of new Set(page.filter(isEdge).map((line) => shape(line.text))))
      counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return pages.flatMap((page, at) =>
    page.filter(
      (line) =>
        !(at > 0 && page[0] === line && isEdge(line) && isApartAndSmall(line, page[1])) &&
        !(isEdge(line) && (PAGE_NUMBER.test(line.text) || (counts.get(shape(line.text)) ?? 0) >= least)),
    ),
  );
}

/** A title above the text of a page, smaller than it, in a paper too short to repeat it. */
function isApartAndSmall(line: PageLine, next: PageLine | undefined): boolean {
  return next !== undefined && line.size < SMALL * next.size && line.y - next.y > APART * next.size;
}
