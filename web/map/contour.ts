import type { Density } from "./density.ts";

/**
 * The line of equal density at a height, by marching squares: its pieces, each as from x, from y, to x, to y, in the
 * map's unit. Saddles are not told apart: at this size nobody sees it.
 */
export function contour({ size, heights, origin, step }: Density, level: number): Float32Array {
  const pieces: number[] = [];
  const height = (column: number, row: number) => heights[row * size + column] as number;
  for (let row = 0; row < size - 1; row++) {
    for (let column = 0; column < size - 1; column++) {
      const corners = [
        [column, row, height(column, row)],
        [column + 1, row, height(column + 1, row)],
        [column + 1, row + 1, height(column + 1, row + 1)],
        [column, row + 1, height(column, row + 1)],
      ] as const;
      const crossings = corners.flatMap(([x, y, here], at) => {
        const [nextX, nextY, there] = corners[(at + 1) % 4] as (typeof corners)[0];
        if (here >= level === there >= level) return [];
        const share = (level - here) / (there - here);
        return [origin + (x + (nextX - x) * share) * step, origin + (y + (nextY - y) * share) * step];
      });
      pieces.push(...crossings);
    }
  }
  return Float32Array.from(pieces);
}
