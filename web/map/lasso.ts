import { type Dots, dotsAbout } from "./dots.ts";

export type Place = readonly [x: number, y: number];

/** The dots within a closed line through places of the map, by the even-odd rule. */
export function dotsWithin(dots: Dots, line: readonly Place[]): number[] {
  if (line.length < 3) return [];
  const xs = line.map(([x]) => x);
  const ys = line.map(([, y]) => y);
  const about = dotsAbout(dots, Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys));
  return about.filter((at) => isWithin(dots.xs[at] ?? 0, dots.ys[at] ?? 0, line));
}

function isWithin(x: number, y: number, line: readonly Place[]): boolean {
  let inside = false;
  for (const [at, [toX, toY]] of line.entries()) {
    const [fromX, fromY] = line.at(at - 1) ?? [toX, toY];
    if (toY > y !== fromY > y && x < ((fromX - toX) * (y - toY)) / (fromY - toY) + toX) inside = !inside;
  }
  return inside;
}
