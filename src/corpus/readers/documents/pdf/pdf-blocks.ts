/** Lines of a PDF → headings and paragraphs: without what pages repeat, hyphens at line ends joined. */
import { oneLine } from "../../../../util/strings.ts";
import type { Block } from "../blocks-draft.ts";
import type { PageLine } from "./page-lines.ts";

/** Share of the page at its head and foot where running titles and numbers stand. */
const MARGIN = 0.1;
/** Pages from which a line that they share is a running title; of a short paper two tell it. */
const REPEATED = 3;
const SHORT_PAPER = 5;
const PAGE_NUMBER = /^[-–—\s]*(?:page\s)?\d{1,4}(?:\s?(?:of|\/)\s?\d{1,4})?[-–—\s]*$|^[ivxl]{1,6}$/i;
const NUMBERED = /^(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?|[IVX]{1,5}\.|[A-H](?:\.\d{1,2}){0,2}\.?)\s{1,4}\p{Lu}/u;
const NAMED =
  /^(?:\d{1,2}\.?\s{1,3}|[IVX]{1,5}\.\s{1,3})?(?:abstract|summary|introduction|background|related works?|preliminaries|methods?|methodology|materials and methods|approach|models?|data(?:sets?)?|experiments?|experimental (?:setup|results)|evaluation|results?(?: and discussion)?|discussion|analysis|limitations?|conclusions?(?: and future work)?|future work|acknowledge?ments?|references|bibliography|appendix|ethics statement|keywords?)\s{0,3}[.:]?$/i;
/** Times the size of the text from which a short line is a heading. */
const LARGER = 1.12;
const MOST_HEADING = 120;
/** Times the usual distance of lines from which a paragraph ends. */
const WIDE = 1.45;

/** @param height of the pages @returns blocks of all pages; a paragraph goes on over a page's end */
export function pdfBlocks(pages: readonly (readonly PageLine[])[], height: number): Block[] {
  const lines = withoutRunning(pages, height).map((line) => ({ ...line, text: oneLine(line.text) }));
  const body = bodyOf(lines);
  const words = wholeWords(lines);
  const blocks: Block[] = [];
  let open: { lines: PageLine[]; isHeading: boolean } | undefined;
  const close = () => {
    if (open !== undefined) blocks.push(toBlock(open.lines, open.isHeading, words));
    open = undefined;
  };
  for (const [at, line] of lines.entries()) {
    const isHeading = headingTest(line, lines[at - 1], lines[at + 1], body);
    const last = open?.lines.at(-1);
    const goesOn = last !== undefined && open?.isHeading === isHeading && isNext(last, line, isHeading, body);
    if (!goesOn) close();
    open ??= { lines: [], isHeading };
    open.lines.push(line);
  }
  close();
  return blocks;
}

/** The words that stand whole on a line. */
function wholeWords(lines: readonly PageLine[]): Set<string> {
  return new Set(
    lines.flatMap(({ text }, at) => {
      const isTail = HYPHENATED.test(lines[at - 1]?.text.slice(-60) ?? "");
      const whole = text.replace(/\p{L}{1,50}[-\u00ad‐]$/u, "").replace(isTail ? /^\p{L}+/u : /(?!)/, "");
      return whole.toLowerCase().match(/\p{L}+/gu) ?? [];
    }),
  );
}

/** Lines at the edges of pages that others have there too, but for their numbers. */
function withoutRunning(pages: readonly (readonly PageLine[])[], height: number): PageLine[] {
  const isEdge = ({ y }: PageLine) => y > (1 - MARGIN) * height || y < MARGIN * height;
  const shape = (text: string) => text.toLowerCase().replace(/\d+/g, "0");
  const least = pages.length <= SHORT_PAPER ? 2 : REPEATED;
  const counts = new Map<string, number>();
  for (const page of pages) {
    for (const text of new Set(page.filter(isEdge).map((line) => shape(line.text))))
      counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return pages.flatMap((page) =>
    page.filter(
      (line) =>
        !(isEdge(line) && (PAGE_NUMBER.test(line.text) || (counts.get(shape(line.text)) ?? 0) >= least)),
    ),
  );
}

export interface BodyStyle {
  readonly size: number;
  readonly font: string;
  /** Distance of its lines. */
  readonly leading: number;
}

/** The size and font of most letters. */
export function bodyOf(lines: readonly PageLine[]): BodyStyle {
  const weigh = (key: (line: PageLine) => string): string => {
    const letters = new Map<string, number>();
    for (const line of lines) letters.set(key(line), (letters.get(key(line)) ?? 0) + line.text.length);
    return [...letters].sort((a, b) => b[1] - a[1])[0]?.[0] ?? "";
  };
  const size = Number(weigh((line) => line.size.toFixed(1))) || 10;
  const font = weigh((line) => (Math.abs(line.size - size) < 0.3 ? line.font : ""));
  const gaps = lines
    .flatMap((line, at) => {
      const next = lines[at + 1];
      const isNear =
        next !== undefined && next.page === line.page && next.column === line.column && next.y < line.y;
      return isNear && Math.abs(next.size - size) < 0.5 ? [line.y - next.y] : [];
    })
    .sort((a, b) => a - b);
  return { size, font, leading: gaps[Math.floor(gaps.length / 2)] ?? 1.2 * size };
}

function headingTest(
  line: PageLine,
  before: PageLine | undefined,
  behind: PageLine | undefined,
  body: BodyStyle,
): boolean {
  const { text, size, font } = line;
  if (text.length > MOST_HEADING || !/\p{L}{2}/u.test(text)) return false;
  if (NAMED.test(text)) return true;
  const isEnd = /[.!?,;:]$/.test(text) && !/^\d/.test(text);
  if (size >= LARGER * body.size && !isEnd) return true;
  const isApart =
    before === undefined ||
    before.column !== line.column ||
    before.page !== line.page ||
    before.y - line.y > 1.2 * body.leading;
  const isOther = font !== body.font && behind !== undefined && behind.font !== font;
  return NUMBERED.test(text) && !isEnd && isApart && (isOther || size > 1.02 * body.size);
}

function isNext(last: PageLine, line: PageLine, isHeading: boolean, body: BodyStyle): boolean {
  const isSamePlace = last.page === line.page && last.column === line.column;
  const isSameSize = Math.abs(last.size - line.size) < 0.12 * Math.max(last.size, line.size);
  if (!isSameSize) return false;
  if (isHeading)
    return (
      isSamePlace &&
      last.y - line.y < 1.6 * line.size &&
      !NUMBERED.test(line.text) &&
      !NAMED.test(line.text) &&
      !NAMED.test(last.text)
    );
  // Over the end of a column a sentence goes on.
  if (!isSamePlace) return !/[.!?:]["”’)]?$/.test(last.text);
  if (last.y - line.y > WIDE * Math.max(body.leading, 1.1 * line.size)) return false;
  const isIndented = line.x0 - last.x0 > 0.8 * line.size && line.x0 - last.x0 < 4 * line.size;
  return !(isIndented && /[.!?:]["”’)]?$/.test(last.text));
}

function toBlock(lines: readonly PageLine[], isHeading: boolean, words: ReadonlySet<string>): Block {
  let text = "";
  const breaks: { at: number; page: number }[] = [];
  let page = lines[0]?.page ?? 1;
  for (const line of lines) {
    const joined = text === "" ? line.text : joinLines(text, line.text, words);
    // What the line begins with: the first part of a word that was parted stays on its page.
    if (line.page !== page)
      breaks.push({ at: Math.max(0, joined.length - line.text.length), page: line.page });
    page = line.page;
    text = joined;
  }
  const first = lines[0]?.page ?? 1;
  return {
    kind: isHeading ? "heading" : "paragraph",
    text,
    page: first,
    ...(breaks.length === 0 ? {} : { breaks }),
  };
}

const HYPHENATED = /(\p{L}+)[-\u00ad‐]$/u;

function joinLines(text: string, next: string, words: ReadonlySet<string>): string {
  const head = HYPHENATED.exec(text.slice(-60))?.[1];
  const tail = /^\p{Ll}+/u.exec(next)?.[0];
  if (head === undefined || tail === undefined) return `${text} ${next}`;
  const whole = (head + tail).toLowerCase();
  // Both parts are words of this paper and the whole is not: the hyphen is its own.
  const isCompound =
    !words.has(whole) &&
    words.has(head.toLowerCase()) &&
    words.has(tail.toLowerCase()) &&
    tail.length > 3 &&
    head.length > 3;
  return isCompound ? text + next : text.slice(0, -1) + next;
}
