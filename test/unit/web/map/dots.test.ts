import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Dots, dotsOf, nearestDot } from "../../../../web/map/dots.ts";
import { dotsWithin } from "../../../../web/map/lasso.ts";

const share = fc.double({ min: 0, max: 1, noNaN: true });
const place = fc.tuple(share, share);

function dotsAt(places: readonly (readonly [number, number])[]): Dots {
  const papers = places.map(([x, y], at): [string, number, number, number, string, null] => [
    `p${at}`,
    x,
    y,
    0,
    "",
    null,
  ]);
  return dotsOf({ papers, groups: [] });
}

describe("dots", () => {
  it("finds the nearest within reach, as looking at each of them does", () => {
    fc.assert(
      fc.property(fc.array(place, { maxLength: 60 }), place, share, (places, [x, y], reach) => {
        const dots = dotsAt(places);
        const away = places.map((_, at) => Math.hypot((dots.xs[at] ?? 0) - x, (dots.ys[at] ?? 0) - y));
        const nearest = Math.min(...away);
        const found = nearestDot(dots, x, y, reach);
        expect(found === undefined ? Number.POSITIVE_INFINITY : away[found]).toBe(
          nearest <= reach ? nearest : Number.POSITIVE_INFINITY,
        );
      }),
    );
  });

  it("are within a line drawn around them, also one that turns inwards", () => {
    const dots = dotsAt([
      [0.1, 0.1],
      [0.5, 0.5],
      [0.9, 0.9],
      [0.5, 0.05],
    ]);
    const notched = [
      [0, 0],
      [0.5, 0.2],
      [1, 0],
      [1, 1],
      [0, 1],
    ] as const;
    expect(dotsWithin(dots, notched)).toEqual([0, 1, 2]);
    expect(dotsWithin(dots, notched.slice(0, 2))).toEqual([]);
  });
});
