/** The gutters between the columns of a page: where hardly a line crosses, and many end on one side and begin on the other. */
import { endOf, isBlankPiece, type PagePiece } from "./page-piece.ts";

/** A clear strip from top to bottom. */
export interface Gutter {
  readonly x0: number;
  readonly x1: number;
}

/** Shares of a letter's size from which two pieces are two runs of text. */
const RUN_GAP = 1;
/** Share of the width from which a run counts: shorter ones are headings, numbers, cells. */
const WIDE_RUN = 1 / 8;
/** Share of the width that a column has at least; what is wider than the other may hold two. */
const LEAST_COLUMN = 0.2;
const TWO_COLUMNS = 0.55;
/** Runs on each side from which there are two columns, and the share of all that may cross. */
const LEAST_RUNS = 7;
const MOST_CROSSING = 0.55;
/** Where the page before has columns. */
const MOST_CROSSING_AFTER = 0.6;
/** Points by which a run may reach into a gutter. */
const SLACK = 1.5;

interface Run {
  x0: number;
  x1: number;
}

/** @param before gutters of the page before, which a page with a few lines has too @returns from left to right */
export function pageGutters(
  rows: readonly (readonly PagePiece[])[],
  width: number,
  before: readonly Gutter[] = [],
): Gutter[] {
  const runs = rows.flatMap(runsOf).filter(({ x0, x1 }) => x1 - x0 > WIDE_RUN * width);
  const found = guttersIn(runs, 0, width, width);
  if (found.length > 0) return found;
  return before.flatMap(({ x0, x1 }) => {
    const at = (x0 + x1) / 2;
    const crossing = runs.filter((run) => run.x0 < at - SLACK && run.x1 > at + SLACK).length;
    return crossing <= MOST_CROSSING_AFTER * runs.length && runs.length > 0 ? (clear(runs, at) ?? []) : [];
  });
}

function guttersIn(runs: readonly Run[], from: number, to: number, width: number): Gutter[] {
  const gutter = gutterIn(runs, from, to, width);
  if (gutter === undefined) return [];
  const parts = [
    [from, gutter.x0],
    [gutter.x1, to],
  ] as const;
  const more = parts.map(([x0, x1]) =>
    x1 - x0 < TWO_COLUMNS * width
      ? []
      : guttersIn(
          runs.filter((run) => run.x0 >= x0 - SLACK && run.x1 <= x1 + SLACK),
          x0,
          x1,
          width,
        ),
  );
  return [...(more[0] ?? []), gutter, ...(more[1] ?? [])];
}

function gutterIn(runs: readonly Run[], from: number, to: number, width: number): Gutter | undefined {
  let best: { at: number; crossing: number; sides: number } | undefined;
  const size = Math.ceil(to) + 3;
  // How many begin and end up to each point: one walk over the runs, one over the points.
  const begun = new Float64Array(size);
  const ended = new Float64Array(size);
  for (const { x0, x1 } of runs) {
    const [first, last] = [Math.max(0, Math.floor(x0 + SLACK)), Math.max(0, Math.ceil(x1 - SLACK))];
    if (first < size) begun[first] = (begun[first] ?? 0) + 1;
    if (last < size) ended[last] = (ended[last] ?? 0) + 1;
  }
  let [begins, ends] = [0, 0];
  for (let at = 0; at < size; at++) {
    begins += begun[at] ?? 0;
    ends += ended[at] ?? 0;
    if (at < from + LEAST_COLUMN * width || at > to - LEAST_COLUMN * width) continue;
    const [left, right, crossing] = [ends, runs.length - begins, begins - ends];
    const sides = Math.min(left, right);
    if (sides < LEAST_RUNS || crossing > MOST_CROSSING * runs.length) continue;
    if (best === undefined || crossing < best.crossing || (crossing === best.crossing && sides > best.sides))
      best = { at, crossing, sides };
  }
  return best && clear(runs, best.at);
}

/** The strip around a point that the runs on both sides leave. */
function clear(runs: readonly Run[], at: number): Gutter | undefined {
  let [x0, x1] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const run of runs) {
    if (run.x1 <= at + SLACK + 1) x0 = Math.max(x0, run.x1);
    else if (run.x0 >= at - SLACK - 1) x1 = Math.min(x1, run.x0);
  }
  if (!Number.isFinite(x0)) x0 = at - 5;
  if (!Number.isFinite(x1)) x1 = at + 5;
  return { x0: Math.min(x0, x1), x1: Math.max(x0, x1) };
}

function runsOf(row: readonly PagePiece[]): Run[] {
  const runs: Run[] = [];
  for (const piece of row) {
    if (isBlankPiece(piece)) continue;
    const last = runs.at(-1);
    if (last !== undefined && piece.x - last.x1 < RUN_GAP * piece.size)
      last.x1 = Math.max(last.x1, endOf(piece));
    else runs.push({ x0: piece.x, x1: endOf(piece) });
  }
  return runs;
}
