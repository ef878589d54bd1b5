/** Pieces of text on a page → its lines in reading order, columns one after the other. */

import { cleanText } from "../../../plain/clean-text.ts";

const LIGATURES = /[\ufb00-\ufb06]/g;

/** A piece as the PDF sets it; y counts from the bottom. */
export interface PagePiece {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
  readonly font: string;
}

export interface PageLine {
  readonly text: string;
  readonly x0: number;
  readonly x1: number;
  readonly y: number;
  /** Of most of its letters. */
  readonly size: number;
  readonly font: string;
  readonly page: number;
  /** 0 where the page has one column or the line crosses both. */
  readonly column: 0 | 1 | 2;
}

/** Shares of a letter's size: what is nearer is the same line; what is wider apart is another column; what is a space. */
const SAME_LINE = 0.45;
const SCRIPT_SHIFT = 0.7;
const COLUMN_GAP = 1.6;
const SPACE_GAP = 0.17;
/** Lines of a column from which there are two. */
const COLUMN_LINES = 8;
/** Share of the lines that stand wholly in one of two columns. */
const COLUMN_SHARE = 0.6;

/** @param goesOn the page before has two columns: a few lines tell them here */
export function pageLines(
  pieces: readonly PagePiece[],
  page: number,
  width: number,
  goesOn = false,
): PageLine[] {
  const fragments = fragmentsOf(pieces);
  const middle = gutterOf(fragments, width, goesOn ? 0 : COLUMN_LINES);
  if (middle === undefined) return joined(fragments.map((each) => toLine(each, page, 0)));
  const ordered: PageLine[] = [];
  let [left, right]: [PageLine[], PageLine[]] = [[], []];
  const flush = () => {
    ordered.push(...joined(left), ...joined(right));
    [left, right] = [[], []];
  };
  const across: PageLine[] = [];
  for (const each of [...fragments].sort((a, b) => b.y - a.y)) {
    const above = across.at(-1);
    if (above !== undefined && endsParagraph(above, each)) across.push(toLine(each, page, 0));
    else if (each.x1 <= middle + each.size / 2) left.push(toLine(each, page, 1));
    else if (each.x0 >= middle - each.size / 2) right.push(toLine(each, page, 2));
    else across.push(toLine(each, page, 0));
  }
  // What crosses both columns parts what is above it from what is below.
  const [lefts, rights] = [left, right];
  [left, right] = [[], []];
  for (const line of joined(across)) {
    left = lefts.filter(
      ({ y }) => y > line.y && !ordered.some((known) => known.y === y && known.column === 1),
    );
    right = rights.filter(
      ({ y }) => y > line.y && !ordered.some((known) => known.y === y && known.column === 2),
    );
    flush();
    ordered.push(line);
  }
  const last = ordered.findLast(({ column }) => column === 0)?.y ?? Number.POSITIVE_INFINITY;
  left = lefts.filter(({ y }) => y <= last);
  right = rights.filter(({ y }) => y <= last);
  flush();
  return ordered;
}

/** Whether a short line is the last of a paragraph that crosses both columns. */
function endsParagraph(above: PageLine, { x0, y, size }: Fragment): boolean {
  const isBelow = above.y > y && above.y - y < 1.4 * size;
  return isBelow && Math.abs(above.x0 - x0) < 0.3 * size && Math.abs(above.size - size) < 0.05 * size;
}

interface Fragment {
  text: string;
  x0: number;
  x1: number;
  y: number;
  size: number;
  letters: number;
  font: string;
}

/** Pieces that follow one another on a line, in the order in which they were set. */
function fragmentsOf(pieces: readonly PagePiece[]): Fragment[] {
  const fragments: Fragment[] = [];
  let open: Fragment | undefined;
  for (const piece of pieces) {
    if (piece.text.trim() === "") {
      if (
        open !== undefined &&
        Math.abs(piece.y - open.y) < SAME_LINE * open.size &&
        !open.text.endsWith(" ")
      )
        open.text += " ";
      continue;
    }
    if (open !== undefined && follows(open, piece)) extend(open, piece);
    else {
      const { x, y, width, size, font, text } = piece;
      open = { text, x0: x, x1: x + width, y, size, letters: text.length, font };
      fragments.push(open);
    }
  }
  return fragments;
}

function follows(open: Fragment, { x, y, size }: PagePiece): boolean {
  const largest = Math.max(open.size, size);
  const shift = Math.abs(y - open.y);
  const isScript = Math.abs(size - open.size) > 0.15 * largest && shift < SCRIPT_SHIFT * largest;
  const gap = x - open.x1;
  return (shift < SAME_LINE * largest || isScript) && gap < COLUMN_GAP * largest && gap > -2 * largest;
}

function extend(open: Fragment, { text, x, y, width, size, font }: PagePiece): void {
  const isSpaced = x - open.x1 > SPACE_GAP * Math.min(open.size, size) && !open.text.endsWith(" ");
  open.text += `${isSpaced ? " " : ""}${text}`;
  open.x1 = Math.max(open.x1, x + width);
  // The line is where most of its letters are, not where a footnote's sign is.
  if (size > open.size * 1.05 || (text.length > open.letters && size >= 0.9 * open.size)) {
    [open.y, open.size, open.font] = [y, size, font];
  }
  open.letters = Math.max(open.letters, text.length);
}

/** The middle between two columns; undefined where there is one. */
function gutterOf(fragments: readonly Fragment[], width: number, least: number): number | undefined {
  const middle = width / 2;
  const wide = fragments.filter(({ x0, x1 }) => x1 - x0 > width / 6);
  const left = wide.filter(({ x1, size }) => x1 <= middle + size / 2).length;
  const right = wide.filter(({ x0, size }) => x0 >= middle - size / 2).length;
  const isParted =
    left >= least && right >= least && left + right > 0 && left + right >= COLUMN_SHARE * wide.length;
  return isParted ? middle : undefined;
}

const toLine = (
  { text, x0, x1, y, size, font }: Fragment,
  page: number,
  column: PageLine["column"],
): PageLine => ({
  text: cleanText(text.replace(LIGATURES, (letters) => letters.normalize("NFKC")))
    .replace(/\s+/g, " ")
    .trim(),
  ...{ x0, x1, y, size, font, page, column },
});

/** From above to below; what stands on one line is one. */
function joined(lines: readonly PageLine[]): PageLine[] {
  const made: PageLine[] = [];
  for (const line of [...lines].sort((a, b) => b.y - a.y || a.x0 - b.x0)) {
    const last = made.at(-1);
    if (last !== undefined && Math.abs(last.y - line.y) < SAME_LINE * Math.max(last.size, line.size)) {
      const [first, second] = last.x0 <= line.x0 ? [last, line] : [line, last];
      const main = first.text.length >= second.text.length ? first : second;
      made[made.length - 1] = {
        ...main,
        // Two spaces: the names of authors may stand so far apart.
        text: `${first.text}  ${second.text}`,
        x0: first.x0,
        x1: Math.max(first.x1, second.x1),
      };
    } else made.push(line);
  }
  return made;
}
