import type { Point } from "./layout.ts";

/** Of the neighbours those that a point is put between: the middlemost and the two nearest to it. */
const AGREEING = 3;
/** Share of the distance to its neighbours by which a point is moved at random, so that none covers another. */
const JITTER = 0.5;

/**
 * A place between the places of the neighbours (1 or more). Neighbours may lie in different parts of the map, and the
 * mean of all of them in the emptiness between: so it is the mean of those about the one that is nearest to the others.
 */
export function placeBetween(neighbours: readonly Point[], random: () => number): Point {
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
