/** Numbers of lines at the edge of a page, as manuscripts under review have them. */
import { endOf, isBlankPiece, type PagePiece } from "./page-piece.ts";

/** Numbers below one another, and the share of them that count on, from which they number the lines. */
const LEAST_NUMBERS = 8;
const COUNTING = 0.8;
/** Points by which their edges differ. */
const EDGE = 2.5;
/** Shares of a letter's size: the space within a number at most, and to the text at least. */
const WITHIN = 0.25;
const APART = 0.45;

interface Numeral {
  readonly row: number;
  readonly value: number;
  readonly edges: readonly [number, number];
  readonly pieces: readonly PagePiece[];
}

/** @returns the rows without the numbers of lines; what is left empty is left out */
export function withoutLineNumbers(rows: readonly (readonly PagePiece[])[]): (readonly PagePiece[])[] {
  const gone = new Set<PagePiece>();
  for (const side of ["left", "right"] as const) {
    const numerals = rows.flatMap((pieces, row) => numeralAt(pieces, row, side) ?? []);
    for (const edge of [0, 1] as const) {
      for (const group of groupsOf(numerals, edge)) {
        if (!isCount(group)) continue;
        for (const { pieces } of group) for (const piece of pieces) gone.add(piece);
      }
    }
  }
  if (gone.size === 0) return [...rows];
  return rows
    .map((pieces) => pieces.filter((piece) => !gone.has(piece)))
    .filter((pieces) => pieces.some((piece) => !isBlankPiece(piece)));
}

function numeralAt(row: readonly PagePiece[], at: number, side: "left" | "right"): Numeral | undefined {
  const inked = row.filter((piece) => !isBlankPiece(piece));
  if (side === "right") inked.reverse();
  const pieces: PagePiece[] = [];
  for (const piece of inked) {
    const last = pieces.at(-1);
    if (last !== undefined) {
      const gap = side === "left" ? piece.x - endOf(last) : last.x - endOf(piece);
      if (gap > WITHIN * last.size) {
        if (gap < APART * last.size) return undefined;
        break;
      }
    }
    if (!/^\s*\d{1,5}\s*$/.test(piece.text)) return undefined;
    pieces.push(piece);
  }
  if (side === "right") pieces.reverse();
  const [first, last] = [pieces[0], pieces.at(-1)];
  const digits = pieces.map(({ text }) => text.trim()).join("");
  if (first === undefined || last === undefined || digits.length > 5) return undefined;
  return { row: at, value: Number(digits), edges: [first.x, endOf(last)], pieces };
}

function groupsOf(numerals: readonly Numeral[], edge: 0 | 1): Numeral[][] {
  const groups: Numeral[][] = [];
  for (const numeral of [...numerals].sort((a, b) => a.edges[edge] - b.edges[edge])) {
    const last = groups.at(-1);
    if (last?.[0] !== undefined && numeral.edges[edge] - last[0].edges[edge] < EDGE) last.push(numeral);
    else groups.push([numeral]);
  }
  return groups.map((group) => group.sort((a, b) => a.row - b.row));
}

/** Whether each is the one above it and as much more, one or five. */
function isCount(group: readonly Numeral[]): boolean {
  if (group.length < LEAST_NUMBERS) return false;
  const steps = group.slice(1).map(({ value }, at) => value - (group[at]?.value ?? 0));
  return [1, 2, 5, 10].some(
    (step) => steps.filter((each) => each === step).length >= COUNTING * steps.length,
  );
}
