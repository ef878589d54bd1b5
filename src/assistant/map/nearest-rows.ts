import type { Matrix } from "./matrix.ts";

export interface NearestRows {
  /** Nearest first. */
  readonly rows: readonly number[];
  /** Euclidean distances to them. */
  readonly distances: readonly number[];
}

/**
 * The `count` rows among `candidates`, `row` itself left out, that lie nearest to it, exactly. Ties keep the order of
 * `candidates`. Fastest where the first columns vary most: a distance is summed up only until it is too great.
 */
export function nearestRows(
  { columns, values }: Matrix,
  row: number,
  candidates: readonly number[],
  count: number,
): NearestRows {
  const rows: number[] = [];
  const squares: number[] = [];
  const from = row * columns;
  for (const candidate of candidates) {
    if (candidate === row) continue;
    const farthest = rows.length < count ? Number.POSITIVE_INFINITY : (squares[count - 1] as number);
    const to = candidate * columns;
    let square = 0;
    for (let i = 0; i < columns && square < farthest; i++) {
      const difference = (values[from + i] as number) - (values[to + i] as number);
      square += difference * difference;
    }
    if (square >= farthest) continue;
    let at = Math.min(rows.length, count - 1);
    for (; at > 0 && (squares[at - 1] as number) > square; at--) {
      rows[at] = rows[at - 1] as number;
      squares[at] = squares[at - 1] as number;
    }
    rows[at] = candidate;
    squares[at] = square;
  }
  return { rows, distances: squares.map(Math.sqrt) };
}
