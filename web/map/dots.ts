import type { MapGroup, MapResponse } from "../../src/protocol.ts";
import type { Extent } from "./viewport.ts";

/** Cells of the grid to each side: with 20,000 dots some ten in a cell where they are thick. */
const CELLS = 48;

/** Share of the dots that may lie beyond each side of the extent: a few far out do not make all others small. */
const OUTLYING = 0.003;

/** The dots by columns, dot i at position i of each, and found by place. */
export interface Dots {
  readonly count: number;
  readonly ids: readonly string[];
  readonly titles: readonly string[];
  readonly years: readonly (number | null)[];
  /** In the unit square. */
  readonly xs: Float32Array;
  readonly ys: Float32Array;
  readonly extent: Extent;
  readonly groupOf: Uint16Array;
  readonly groups: readonly MapGroup[];
  readonly positions: ReadonlyMap<string, number>;
  /** The dots of each cell, row by row. */
  readonly cells: readonly (readonly number[])[];
}

export function dotsOf({ papers, groups }: MapResponse): Dots {
  const xs = Float32Array.from(papers, ([, x]) => x);
  const ys = Float32Array.from(papers, ([, , y]) => y);
  const cells: number[][] = Array.from({ length: CELLS * CELLS }, () => []);
  for (const at of papers.keys()) cells[cellOf(ys[at] ?? 0) * CELLS + cellOf(xs[at] ?? 0)]?.push(at);
  return {
    count: papers.length,
    ids: papers.map(([id]) => id),
    titles: papers.map(([, , , , title]) => title),
    years: papers.map(([, , , , , year]) => year),
    xs,
    ys,
    extent: extentOf(xs, ys),
    groupOf: Uint16Array.from(papers, ([, , , group]) => group),
    groups,
    positions: new Map(papers.map(([id], at) => [id, at])),
    cells,
  };
}

/** Whether the same papers lie in the same places. */
export function areSame(a: Dots, b: Dots): boolean {
  return (
    a.count === b.count &&
    a.ids.every((id, at) => id === b.ids[at] && a.xs[at] === b.xs[at] && a.ys[at] === b.ys[at])
  );
}

/** The dots in the cells that a rectangle of the map touches, and so at least those in it. */
export function dotsAbout(
  { cells }: Dots,
  left: number,
  top: number,
  right: number,
  bottom: number,
): number[] {
  const found: number[] = [];
  for (let row = cellOf(top); row <= cellOf(bottom); row++) {
    for (let column = cellOf(left); column <= cellOf(right); column++) {
      for (const at of cells[row * CELLS + column] ?? []) found.push(at);
    }
  }
  return found;
}

/** The dot nearest to a place of the map, and no farther than `reach`; undefined when there is none. */
export function nearestDot(dots: Dots, x: number, y: number, reach: number): number | undefined {
  let [best, distance] = [-1, reach];
  for (const at of dotsAbout(dots, x - reach, y - reach, x + reach, y + reach)) {
    const away = Math.hypot((dots.xs[at] ?? 0) - x, (dots.ys[at] ?? 0) - y);
    if (away <= distance) [best, distance] = [at, away];
  }
  return best < 0 ? undefined : best;
}

function cellOf(place: number): number {
  return Math.min(CELLS - 1, Math.max(0, Math.floor(place * CELLS)));
}

function extentOf(xs: Float32Array, ys: Float32Array): Extent {
  const [left, right] = rangeOf(xs);
  const [top, bottom] = rangeOf(ys);
  return { left, top, right, bottom };
}

function rangeOf(values: Float32Array): [low: number, high: number] {
  const sorted = values.toSorted();
  const beside = Math.floor(sorted.length * OUTLYING);
  return [sorted[beside] ?? 0, sorted[sorted.length - 1 - beside] ?? 1];
}
