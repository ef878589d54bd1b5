/** Vectors and titles → the drawn map: what `map-process.ts` has a process of its own do. */

import { seededRandom } from "../util/statistics.ts";
import { groupPlaces, nameGroups } from "./groups.ts";
import type { Layout, Point } from "./layout.ts";
import { type Matrix, type NearestRows, nearestRows, principalComponents } from "./matrix.ts";

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

/** Papers that are laid out against each other; the others are put between them. */
const MAX_FITTED = 5000;
/** Directions that distances are taken in, of 256: finding neighbours takes that much less. */
const COMPONENTS = 64;
/** Of a paper, itself included: UMAP's default. Fewer tear the map apart, more blur it. */
const NEIGHBOURS = 15;
/** Fitted neighbours that each other paper is put between. */
const PLACING_NEIGHBOURS = 5;
/** Fewer papers have no neighbourhoods: they lie as their principal components say. */
const FEWEST_FOR_LAYOUT = 4;
/** Rows between two pauses: some 0.1 s of work. */
const ROWS_A_PAUSE = 50;

interface PlacingOptions {
  readonly layout: Layout;
  /** Awaited now and then: its rejection ends the work. */
  readonly pause: () => Promise<void>;
  /** Lowered by tests. */
  readonly maxFitted?: number;
}

/** @returns a place for each row, in no particular scale; the same vectors get the same places */
async function placePapers(
  vectors: Matrix,
  { layout, pause, maxFitted = MAX_FITTED }: PlacingOptions,
): Promise<Point[]> {
  const random = seededRandom(vectors.rows);
  const fitted = sample(vectors.rows, maxFitted, random);
  const reduced = principalComponents(vectors, fitted, Math.min(COMPONENTS, vectors.columns));
  const nearest = async (row: number, count: number): Promise<NearestRows> => {
    if (row % ROWS_A_PAUSE === 0) await pause();
    return nearestRows(reduced, row, fitted, count);
  };
  const initial = fitted.map((row) => planeOf(reduced, row));
  const places = new Map<number, Point>();
  const laidOut =
    fitted.length < FEWEST_FOR_LAYOUT
      ? initial
      : await layout({ neighbours: await neighbourhoods(fitted, nearest), initial, random, pause });
  for (const [position, row] of fitted.entries()) places.set(row, laidOut[position] ?? [0, 0]);
  for (let row = 0; row < vectors.rows; row++) {
    if (places.has(row)) continue;
    const { rows } = await nearest(row, PLACING_NEIGHBOURS);
    const around = rows.flatMap((near) => [places.get(near) ?? []]) as Point[];
    places.set(row, placeBetween(around, random));
  }
  return Array.from({ length: vectors.rows }, (_, row) => places.get(row) ?? [0, 0]);
}

/** Of each fitted row its neighbours as positions in `fitted`, itself first. */
async function neighbourhoods(
  fitted: readonly number[],
  nearest: (row: number, count: number) => Promise<NearestRows>,
): Promise<NearestRows[]> {
  const positions = new Map(fitted.map((row, position) => [row, position]));
  const all: NearestRows[] = [];
  for (const [position, row] of fitted.entries()) {
    const { rows, distances } = await nearest(row, Math.min(NEIGHBOURS, fitted.length - 1) - 1);
    all.push({
      rows: [position, ...rows.map((near) => positions.get(near) ?? 0)],
      distances: [0, ...distances],
    });
  }
  return all;
}

/** `count` of the rows by chance, in order; all of them when there are no more. */
function sample(rows: number, count: number, random: () => number): number[] {
  const all = Array.from({ length: rows }, (_, row) => row);
  if (rows <= count) return all;
  // The first steps of a Fisher–Yates shuffle.
  for (let at = 0; at < count; at++) {
    const other = at + Math.floor(random() * (rows - at));
    [all[at], all[other]] = [all[other] as number, all[at] as number];
  }
  return all.slice(0, count).sort((a, b) => a - b);
}

function planeOf({ columns, values }: Matrix, row: number): Point {
  return [values[row * columns] ?? 0, columns > 1 ? (values[row * columns + 1] ?? 0) : 0];
}

/** Of the neighbours those that a point is put between: the middlemost and the two nearest to it. */
const AGREEING = 3;
/** Share of the distance to its neighbours by which a point is moved at random, so that none covers another. */
const JITTER = 0.5;

/**
 * A place between the places of the neighbours (1 or more). Neighbours may lie in different parts of the map, and the
 * mean of all of them in the emptiness between: so it is the mean of those about the one that is nearest to the others.
 */
function placeBetween(neighbours: readonly Point[], random: () => number): Point {
  const middle = best(neighbours, (place) => sum(neighbours.map((other) => distance(place, other))));
  const agreeing = [...neighbours]
    .sort((a, b) => distance(a, middle) - distance(b, middle))
    .slice(0, AGREEING);
  const spread = Math.max(...agreeing.map((place) => distance(place, middle)));
  const jitter = () => (random() - 0.5) * 2 * JITTER * spread;
  const mean = (axis: 0 | 1) => sum(agreeing.map((place) => place[axis])) / agreeing.length;
  return [mean(0) + jitter(), mean(1) + jitter()];
}

function best(places: readonly Point[], cost: (place: Point) => number): Point {
  const costs = places.map(cost);
  return places[costs.indexOf(Math.min(...costs))] ?? [0, 0];
}

function distance([x, y]: Point, [otherX, otherY]: Point): number {
  return Math.hypot(x - otherX, y - otherY);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
