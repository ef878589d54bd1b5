import { describe, expect, it } from "vitest";
import { drawMap, type MapRequest } from "../../../src/map/draw-map.ts";
import { umapLayout } from "../../../src/map/umap-layout.ts";
import { randomVectors } from "../../support/random-vectors.ts";

const TOPICS = ["graph walks", "protein folding", "speech synthesis"];
const COLUMNS = 16;
const options = { layout: umapLayout, pause: async () => undefined };

/** `each` papers about each of TOPICS in turn, near a direction of the topic's own. */
function corpus(each: number): MapRequest {
  const rows = each * TOPICS.length;
  const noise = randomVectors(rows, COLUMNS);
  const values = Float32Array.from({ length: rows * COLUMNS }, (_, at) => {
    const row = Math.floor(at / COLUMNS);
    return (at % COLUMNS === row % TOPICS.length ? 1 : 0) + 0.3 * (noise[row]?.[at % COLUMNS] ?? 0);
  });
  const titles = Array.from({ length: rows }, (_, row) => `A study of ${TOPICS[row % TOPICS.length]}`);
  return { vectors: { rows, columns: COLUMNS, values }, titles };
}

/** The share of papers whose nearest other paper on the map is of their own topic. */
function together(places: readonly (readonly [number, number])[]): number {
  const own = places.filter(([x, y], at) => {
    const away = places.map(([otherX, otherY], other) =>
      other === at ? Number.POSITIVE_INFINITY : Math.hypot(x - otherX, y - otherY),
    );
    return away.indexOf(Math.min(...away)) % TOPICS.length === at % TOPICS.length;
  });
  return own.length / places.length;
}

describe("drawMap", () => {
  it("puts papers of one topic together, names the groups by it, and does so again", async () => {
    const request = corpus(30);
    const map = await drawMap(request, options);
    expect(together(map.places)).toBe(1);
    for (const [group, terms] of map.terms.entries()) {
      const members = request.titles.filter((_, at) => map.groups[at] === group);
      const topics = TOPICS.filter((topic) => members.some((title) => title.endsWith(topic)));
      expect(topics).toEqual([terms[0]]);
    }
    expect(await drawMap(request, options)).toEqual(map);
  });

  it("puts papers that are not laid out beside those of their topic", async () => {
    const { places } = await drawMap(corpus(30), { ...options, maxFitted: 45 });
    expect(together(places)).toBe(1);
    expect(new Set(places.map(String)).size).toBeGreaterThan(80);
  });

  it.each([1, 2, 3, 4, 5, 14, 15, 16, 17])(
    "draws %i papers, and as many that are all alike",
    async (rows) => {
      const { vectors, titles } = corpus(6);
      const few = { rows, columns: COLUMNS, values: vectors.values.slice(0, rows * COLUMNS) };
      const alike = { ...few, values: new Float32Array(rows * COLUMNS).fill(0.25) };
      for (const vectors of [few, alike]) {
        const map = await drawMap({ vectors, titles: titles.slice(0, rows) }, options);
        expect(map.groups).toHaveLength(rows);
        expect(Math.max(...map.groups)).toBe(map.terms.length - 1);
        expect(map.places.flat().every((value) => value >= 0 && value <= 1)).toBe(true);
      }
    },
  );
});
