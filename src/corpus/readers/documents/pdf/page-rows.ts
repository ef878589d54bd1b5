/** Pieces of text on a page → rows: what stands on one line, from left to right, whatever the order in which it was drawn. */
import { endOf, isBlankPiece, type PagePiece } from "./page-piece.ts";

/** Shares of a letter's size: what is nearer stands on one line, a raised sign too; what lies on its like twice is drawn bold. */
const SAME_LINE = 0.45;
const SAME_PLACE = 0.12;
/** Times the usual size from which a letter or two begin a paragraph over several lines, and how many of them a page has. */
const INITIAL = 1.8;
const MOST_INITIALS = 4;
/** Share of a letter's size that stands above its line. */
const ASCENT = 0.7;

/** From above to below; the pieces of a row from left to right. */
export function pageRows(pieces: readonly PagePiece[]): PagePiece[][] {
  const rows: { y: number; size: number; pieces: PagePiece[] }[] = [];
  for (const piece of withInitials(pieces).sort((a, b) => b.y - a.y || a.x - b.x)) {
    const row = rows.at(-1);
    const isSame =
      row !== undefined &&
      row.y - piece.y < SAME_LINE * Math.max(row.size, isBlankPiece(piece) ? 0 : piece.size);
    if (row === undefined || !isSame) {
      if (!isBlankPiece(piece)) rows.push({ y: piece.y, size: piece.size, pieces: [piece] });
      continue;
    }
    row.pieces.push(piece);
    if (piece.size > row.size && !isBlankPiece(piece)) [row.y, row.size] = [piece.y, piece.size];
  }
  return rows.map((row) => drawnOnce(row.pieces.sort((a, b) => a.x - b.x)));
}

function drawnOnce(pieces: readonly PagePiece[]): PagePiece[] {
  return pieces.filter((piece, at) => {
    const before = pieces[at - 1];
    return (
      before === undefined ||
      before.text !== piece.text ||
      isBlankPiece(piece) ||
      piece.x - before.x > SAME_PLACE * piece.size
    );
  });
}

/** A large first letter that reaches down over lines belongs to the first of them. */
function withInitials(pieces: readonly PagePiece[]): PagePiece[] {
  const letters = new Map<number, number>();
  for (const { size, text } of pieces) letters.set(size, (letters.get(size) ?? 0) + text.length);
  const usual = [...letters].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
  const isInitial = ({ text, size }: PagePiece) =>
    size > INITIAL * usual && /^\p{Lu}{1,2}$/u.test(text.trim());
  const initials = pieces.filter(isInitial).slice(0, MOST_INITIALS + 1);
  if (initials.length === 0 || initials.length > MOST_INITIALS) return [...pieces];
  return pieces.map((piece) => (initials.includes(piece) ? lifted(piece, pieces, usual) : piece));
}

function lifted(initial: PagePiece, pieces: readonly PagePiece[], usual: number): PagePiece {
  const top = initial.y + ASCENT * (initial.size - usual);
  const beside = pieces.filter(
    ({ x, y, size }) =>
      size < initial.size &&
      x >= endOf(initial) - usual &&
      x < endOf(initial) + initial.size &&
      y >= initial.y - 1,
  );
  const first = beside.sort((a, b) => Math.abs(a.y - top) - Math.abs(b.y - top))[0];
  const isOver =
    first !== undefined && first.y - initial.y > SAME_LINE * usual && Math.abs(first.y - top) < usual;
  return isOver
    ? { ...initial, x: first.x - initial.width, y: first.y, size: first.size, font: first.font }
    : initial;
}
