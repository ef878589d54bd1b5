import type { Dots } from "./dots.ts";

/** Points of the grid to each side. */
const GRID = 112;
/** The grid reaches so far past the unit square, so that the land ends within it. */
const BEYOND = 0.12;
/** Grid points that a dot is spread over (standard deviation): wide for few dots, so that they make hills together. */
const spreadOf = (dots: number) => Math.max(1.5, 8 / dots ** 0.17);
/** The share of the land that lies below the height 1: a few thick spots do not flatten all others. */
const BELOW_TOP = 0.98;

/** How thick the dots lie, on a square grid over the map: row-major, mostly in [0, 1]. */
export interface Density {
  readonly size: number;
  readonly heights: Float32Array;
  /** Place of the first grid point on both axes, and the step from one to the next, in the map's unit. */
  readonly origin: number;
  readonly step: number;
}

export function densityOf({ count, xs, ys }: Pick<Dots, "count" | "xs" | "ys">): Density {
  const step = (1 + 2 * BEYOND) / (GRID - 1);
  let heights = new Float32Array(GRID * GRID);
  for (let at = 0; at < count; at++) {
    const column = Math.round(((xs[at] as number) + BEYOND) / step);
    const row = Math.round(((ys[at] as number) + BEYOND) / step);
    heights[row * GRID + column] = (heights[row * GRID + column] as number) + 1;
  }
  const kernel = gaussian(spreadOf(count));
  heights = blurred(blurred(heights, kernel, 1, GRID), kernel, GRID, 1);
  const land = heights.filter((height) => height > 1e-3).sort();
  const top = land[Math.floor(land.length * BELOW_TOP)] || 1;
  return { size: GRID, heights: heights.map((height) => height / top), origin: -BEYOND, step };
}

/** The half of the kernel from its middle outwards. */
function gaussian(spread: number): number[] {
  const half = Array.from({ length: Math.ceil(3 * spread) + 1 }, (_, at) =>
    Math.exp(-((at / spread) ** 2) / 2),
  );
  const sum = half.reduce((total, value, at) => total + (at === 0 ? value : 2 * value), 0);
  return half.map((value) => value / sum);
}

/** Along the axis whose neighbours are `along` entries apart; `across` is the step of the other. */
function blurred(
  from: Float32Array,
  kernel: readonly number[],
  along: number,
  across: number,
): Float32Array<ArrayBuffer> {
  const to = new Float32Array(from.length);
  for (let line = 0; line < GRID; line++) {
    for (let at = 0; at < GRID; at++) {
      const value = from[line * across + at * along] as number;
      if (value === 0) continue;
      for (let away = 1 - kernel.length; away < kernel.length; away++) {
        const there = at + away;
        if (there < 0 || there >= GRID) continue;
        const index = line * across + there * along;
        to[index] = (to[index] as number) + value * (kernel[Math.abs(away)] as number);
      }
    }
  }
  return to;
}
