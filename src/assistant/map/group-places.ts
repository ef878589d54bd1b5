import { seededRandom } from "../../util/statistics.ts";
import type { Point } from "./layout.ts";

/** Lloyd's rounds at most; most corpora stand still after half of them. */
const ROUNDS = 50;
/** Groups for n papers: 2·n^(1/3), that is 12 for 236 and 54 for 20,000: as many names as a map of that size can bear. */
const groupCount = (papers: number) => Math.min(Math.ceil(papers / 4), Math.round(2 * Math.cbrt(papers)));

/**
 * Neighbouring places in groups: k-means from k-means++ seeds (Arthur & Vassilvitskii 2007).
 * @returns the group of each place, numbered from 0 by size, largest first; none is empty
 */
export function groupPlaces(places: readonly Point[]): number[] {
  if (places.length === 0) return [];
  let centres = firstCentres(places, groupCount(places.length));
  let groups: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const next = places.map((place) => nearest(place, centres));
    if (next.every((group, at) => group === groups[at])) break;
    groups = next;
    centres = centres.map((centre, group) => middle(places, groups, group) ?? centre);
  }
  return numberedBySize(groups);
}

function firstCentres(places: readonly Point[], count: number): Point[] {
  const random = seededRandom(places.length);
  const centres = [places[Math.floor(random() * places.length)] as Point];
  const squares = places.map((place) => square(place, centres[0] as Point));
  while (centres.length < count) {
    let rest = random() * squares.reduce((sum, value) => sum + value, 0);
    const at = squares.findIndex((value) => {
      rest -= value;
      return rest < 0;
    });
    // All places that are left lie on a centre.
    if (at < 0) break;
    const centre = places[at] as Point;
    centres.push(centre);
    for (const [i, place] of places.entries()) squares[i] = Math.min(squares[i] ?? 0, square(place, centre));
  }
  return centres;
}

function nearest(place: Point, centres: readonly Point[]): number {
  let best = 0;
  for (let group = 1; group < centres.length; group++) {
    if (square(place, centres[group] as Point) < square(place, centres[best] as Point)) best = group;
  }
  return best;
}

function middle(places: readonly Point[], groups: readonly number[], group: number): Point | undefined {
  let [x, y, count] = [0, 0, 0];
  for (const [at, place] of places.entries()) {
    if (groups[at] !== group) continue;
    x += place[0];
    y += place[1];
    count += 1;
  }
  return count === 0 ? undefined : [x / count, y / count];
}

function numberedBySize(groups: readonly number[]): number[] {
  const sizes = new Map<number, number>();
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const order = [...sizes].sort(([a, sizeA], [b, sizeB]) => sizeB - sizeA || a - b).map(([group]) => group);
  const numbers = new Map(order.map((group, number) => [group, number]));
  return groups.map((group) => numbers.get(group) ?? 0);
}

function square([x, y]: Point, [otherX, otherY]: Point): number {
  return (x - otherX) ** 2 + (y - otherY) ** 2;
}
