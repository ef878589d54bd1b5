/** Vectors and titles → the drawn map: what `map-process.ts` has a process of its own do. */
import { groupPlaces, nameGroups } from "./groups.ts";
import type { Point } from "./layout.ts";
import type { Matrix } from "./matrix.ts";
import { type PlacingOptions, placePapers } from "./place-papers.ts";

export interface MapRequest {
  /** A row for each paper. */
  readonly vectors: Matrix;
  readonly titles: readonly string[];
}

/** Row i belongs to paper i. */
export interface DrawnMap {
  /** In the unit square. */
  readonly places: readonly Point[];
  readonly groups: readonly number[];
  /** By group. */
  readonly terms: readonly (readonly string[])[];
}

/** Places are told to a ten-thousandth of the map's side: half a pixel of a map of 5,000. */
const STEPS = 10_000;

export async function drawMap({ vectors, titles }: MapRequest, options: PlacingOptions): Promise<DrawnMap> {
  const places = inUnitSquare(lyingDown(await placePapers(vectors, options)));
  const groups = groupPlaces(places);
  return { places, groups, terms: nameGroups(titles, groups) };
}

/** Turned so that the map is as wide as it can be, as windows are. */
function lyingDown(places: readonly Point[]): Point[] {
  const [middleX, middleY] = [0, 1].map((axis) => mean(places.map((place) => place[axis as 0 | 1])));
  const centred = places.map(([x, y]): Point => [x - (middleX ?? 0), y - (middleY ?? 0)]);
  const [xx, xy, yy] = [
    mean(centred.map(([x]) => x * x)),
    mean(centred.map(([x, y]) => x * y)),
    mean(centred.map(([, y]) => y * y)),
  ];
  // The direction of the greatest variance in the plane.
  const angle = Math.atan2(2 * xy, xx - yy) / 2;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return centred.map(([x, y]) => [x * cos + y * sin, y * cos - x * sin]);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

/** The longer side fills the square, the shorter is in its middle. */
function inUnitSquare(places: readonly Point[]): Point[] {
  const [left, right] = extentOf(places, 0);
  const [top, bottom] = extentOf(places, 1);
  const side = Math.max(right - left, bottom - top) || 1;
  const scaled = (value: number, low: number, high: number) =>
    Math.round((0.5 + (value - (low + high) / 2) / side) * STEPS) / STEPS;
  return places.map(([x, y]) => [scaled(x, left, right), scaled(y, top, bottom)]);
}

function extentOf(places: readonly Point[], axis: 0 | 1): [low: number, high: number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const place of places) {
    low = Math.min(low, place[axis]);
    high = Math.max(high, place[axis]);
  }
  return [low, high];
}
