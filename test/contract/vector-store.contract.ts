import { describe, expect, it } from "vitest";
import type { VectorItem, VectorStore } from "../../src/store/vector-store.ts";
import { itemsFor, randomVectors } from "../support/random-vectors.ts";

type Make = (items: VectorItem[], vectors: Float32Array[], dimension: number) => Promise<VectorStore>;

/** What every VectorStore keeps, whatever it is made of. */
export function vectorStoreContract(name: string, make: Make): void {
  describe(`${name} keeps the contract of VectorStore`, () => {
    // No multiple of four: the scan must not forget the rest.
    const dimension = 18;
    const items = itemsFor(60);
    const vectors = randomVectors(60, dimension);

    it("gives items and vectors back in order", async () => {
      const store = await make(items, vectors, dimension);
      expect(store.items).toEqual(items);
      expect(store.dimension).toBe(dimension);
      for (const [at, vector] of vectors.entries())
        expect(Array.from(store.vector(at))).toEqual(Array.from(vector));
    });

    it("scores every item by its cosine, as arithmetic has it", async () => {
      const store = await make(items, vectors, dimension);
      const [query = new Float32Array(dimension)] = randomVectors(1, dimension, 7);
      const expected = vectors.map((vector) =>
        vector.reduce((sum, value, i) => sum + value * (query[i] ?? 0), 0),
      );
      for (const [at, score] of store.scores(query).entries())
        expect(score).toBeCloseTo(expected[at] ?? 0, 5);
    });

    it("finds the nearest, best first, and no more than there are", async () => {
      const store = await make(items, vectors, dimension);
      const [query = new Float32Array(dimension)] = randomVectors(1, dimension, 8);
      const scores = store.scores(query);
      const sorted = [...scores.keys()].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
      expect(store.search(query, 5).map(({ index }) => index)).toEqual(sorted.slice(0, 5));
      expect(store.search(query, 1000)).toHaveLength(60);
      expect(store.search(query, 0)).toEqual([]);
    });

    it("keeps the order of items where scores tie", async () => {
      const [one = new Float32Array(dimension)] = vectors;
      const store = await make(items.slice(0, 8), Array(8).fill(one), dimension);
      expect(store.search(one, 3).map(({ index }) => index)).toEqual([0, 1, 2]);
    });

    it("refuses a query of another dimension", async () => {
      const store = await make(items, vectors, dimension);
      expect(() => store.scores(new Float32Array(8))).toThrow("the query has 8 dimensions, the index has 18");
    });

    it("may be empty", async () => {
      const store = await make([], [], dimension);
      expect(store.search(new Float32Array(dimension), 3)).toEqual([]);
    });
  });
}
