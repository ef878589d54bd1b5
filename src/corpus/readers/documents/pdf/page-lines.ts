/** Pieces of text on a page → its lines in reading order, columns one after the other. */
import { cleanText } from "../../../plain/clean-text.ts";
import { withoutLineNumbers } from "./line-numbers.ts";
import { type Gutter, pageGutters } from "./page-gutters.ts";
import { endOf, isBlankPiece, type PagePiece } from "./page-piece.ts";
import { pageRows } from "./page-rows.ts";

export interface PageLine {
  readonly text: string;
  readonly x0: number;
  readonly x1: number;
  readonly y: number;
  /** Of most of its letters. */
  readonly size: number;
  readonly font: string;
  readonly page: number;
  /** From 1; 0 where the page has one column or the line crosses columns. */
  readonly column: number;
}

export interface ReadPage {
  readonly lines: PageLine[];
  readonly gutters: readonly Gutter[];
}

/** Pieces of a page that are read: ten times the letters that fit on one, each drawn by itself. */
const MOST_PIECES = 50_000;
/** Shares of a letter's size: what is a space, where a letter says so and where none does; and a space that parts names. */
const SPACE_GAP = 0.17;
const SAID_GAP = 0.07;
const WIDE_GAP = 1.6;
/** Share of a gutter's width that is free where a line does not cross it. */
const FREE = 0.7;

/** What the columns of a first page begin with, and times a letter's size of the space above. */
const OPENING = /^(?:abstract|summary|introduction)\b|^(?:\d|I)\.?\sintroduction$/i;
const HEAD_SPACE = 1.6;

/** A typesetter's own hyphen at a line's end, where it says so. */
const SOFT_HYPHEN = "\u00ad";
const LIGATURES = /[\ufb00-\ufb06]/g;
/** Accents that TeX's older fonts set apart from their letter, and the marks that they are. */
const ACCENTS: Readonly<Record<string, string>> = {
  "´": "\u0301",
  "¨": "\u0308",
  ˆ: "\u0302",
  "˜": "\u0303",
  "¯": "\u0304",
  "˘": "\u0306",
  "˙": "\u0307",
  "˚": "\u030a",
  "˝": "\u030b",
  ˇ: "\u030c",
};
const ACCENT = /([´¨ˆ˜¯˘˙˚˝ˇ])\s?(\p{L})/gu;
/** A word whose letters stand apart. */
const SPREAD = /^(?:\p{Lu}\s{1,2}){3,40}\p{Lu}$/u;

/** @param before gutters of the page before */
export function pageLines(
  pieces: readonly PagePiece[],
  page: number,
  width: number,
  before: readonly Gutter[] = [],
): ReadPage {
  const rows = withoutLineNumbers(pageRows(pieces.slice(0, MOST_PIECES)));
  const gutters = pageGutters(rows, width, before);
  const lines = rows.flatMap((row) => partsOf(row, gutters).map((part) => toLine(part, page, gutters)));
  return { lines: gutters.length === 0 ? lines : byColumn(lines, gutters.length + 1), gutters };
}

/** A row parted where a gutter is free. */
function partsOf(row: readonly PagePiece[], gutters: readonly Gutter[]): PagePiece[][] {
  const parts: PagePiece[][] = [[]];
  let end = Number.NEGATIVE_INFINITY;
  for (const piece of row) {
    const isParted =
      !isBlankPiece(piece) &&
      gutters.some(({ x0, x1 }) => {
        const middle = (x0 + x1) / 2;
        return end <= middle + 1 && piece.x >= middle - 1 && piece.x - end > FREE * (x1 - x0);
      });
    if (isParted && end !== Number.NEGATIVE_INFINITY) parts.push([]);
    parts.at(-1)?.push(piece);
    if (!isBlankPiece(piece)) end = Math.max(end, endOf(piece));
  }
  return parts.filter((part) => part.some((piece) => !isBlankPiece(piece)));
}

function toLine(pieces: readonly PagePiece[], page: number, gutters: readonly Gutter[]): PageLine {
  let text = "";
  let [x0, x1] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let isSaid = false;
  const letters = new Map<string, { count: number; piece: PagePiece }>();
  for (const piece of pieces) {
    if (isBlankPiece(piece)) {
      isSaid = true;
      continue;
    }
    const gap = piece.x - x1;
    const least = isSaid ? SAID_GAP : SPACE_GAP;
    if (text !== "" && gap > WIDE_GAP * piece.size) text += "  ";
    else if (text !== "" && gap > least * piece.size && !text.endsWith(" ")) text += " ";
    text += piece.text;
    isSaid = false;
    [x0, x1] = [Math.min(x0, piece.x), Math.max(x1, endOf(piece))];
    const key = `${piece.size.toFixed(1)} ${piece.font}`;
    const known = letters.get(key) ?? { count: 0, piece };
    letters.set(key, { ...known, count: known.count + piece.text.length });
  }
  // The line is what most of its letters are, not what a footnote's sign is.
  const main = [...letters.values()].reduce((one, other) => (other.count > one.count ? other : one)).piece;
  return {
    text: cleanLine(text),
    ...{ x0, x1, y: main.y, size: main.size, font: main.font, page },
    column: columnOf(x0, x1, gutters),
  };
}

function cleanLine(raw: string): string {
  const text =
    cleanText(
      raw
        .replace(/\u00ad(?=\s*\S)/g, "-")
        .replace(LIGATURES, (letters) => letters.normalize("NFKC"))
        .replace(ACCENT, (whole, accent: string, letter: string) => {
          const made = `${letter === "ı" ? "i" : letter}${ACCENTS[accent] ?? ""}`.normalize("NFC");
          return made.length === 1 ? made : whole;
        }),
    ).trim() + (/\u00ad\s*$/.test(raw) ? SOFT_HYPHEN : "");
  // Two spaces part names that stand far apart.
  return SPREAD.test(text) ? text.replace(/(\S)\s(?=\S)/g, "$1").replace(/\s+/g, " ") : text;
}

function columnOf(x0: number, x1: number, gutters: readonly Gutter[]): number {
  if (gutters.length === 0) return 0;
  const middles = gutters.map((gutter) => (gutter.x0 + gutter.x1) / 2);
  return middles.some((middle) => x0 < middle - 2 && x1 > middle + 2)
    ? 0
    : 1 + middles.filter((middle) => (x0 + x1) / 2 > middle).length;
}

/** What crosses columns parts what is above it from what is below. */
function byColumn(lines: readonly PageLine[], columns: number): PageLine[] {
  const ordered: PageLine[] = [];
  const open = Array.from({ length: columns }, (): PageLine[] => []);
  const sorted = [...lines].sort((a, b) => b.y - a.y || a.x0 - b.x0);
  const head = headEnd(sorted);
  let above: PageLine | undefined;
  for (const [at, line] of sorted.entries()) {
    if (at === head) for (const column of open) ordered.push(...column.splice(0));
    const crosses = line.column === 0 || (above !== undefined && endsParagraph(above, line));
    if (!crosses) {
      open[line.column - 1]?.push(line);
      continue;
    }
    for (const column of open) ordered.push(...column.splice(0));
    above = { ...line, column: 0 };
    ordered.push(above);
  }
  return [...ordered, ...open.flat()];
}

/** Names side by side above the columns of a first page: which line is the first below the space that parts them from these. */
function headEnd(sorted: readonly PageLine[]): number {
  const opening = sorted.findIndex(({ page, text }) => page <= 2 && OPENING.test(text));
  const isBelowSpace = (line: PageLine, at: number) => {
    const above = sorted[at - 1];
    return above !== undefined && above.y - line.y > HEAD_SPACE * Math.min(above.size, line.size);
  };
  return sorted.slice(0, opening + 1).findLastIndex(isBelowSpace);
}

/** Whether a short line is the last of a paragraph that crosses columns. */
function endsParagraph(above: PageLine, { x0, y, size }: PageLine): boolean {
  const isBelow = above.y > y && above.y - y < 1.4 * size;
  return isBelow && Math.abs(above.x0 - x0) < 0.3 * size && Math.abs(above.size - size) < 0.05 * size;
}
