import { describe, expect, it } from "vitest";
import type { VectorItem, VectorStore } from "../../src/store/vectors/vector-store.ts";
import { itemsFor, randomVectors } from "../support/random-vectors.ts";

type Make = (items: VectorItem[], vectors: Float32Array[], dimension: number) => Promise<VectorStore>;

/** What every VectorStore keeps, whatever it is made of. */
export function vectorStoreContract(name: string, make: Make): void {
  describe(`${name} keeps the contract of VectorStore`, () => {
    // No multiple of four: the scan must not forget the rest.
    const dimension = 18;
    const items = itemsFor(60);
    const vectors = randomVectors(60, dimension);
    const queryOf = (seed: number) => randomVectors(1, dimension, seed)[0] as Float32Array;
    /** By arithmetic: what passes, best first. */
    const expected = (query: Float32Array, passes: (item: VectorItem) => boolean = () => true) =>
      items
        .map((item, at) => ({ item, score: cosine(vectors[at] as Float32Array, query) }))
        .filter(({ item }) => passes(item))
        .sort((a, b) => b.score - a.score);

    it("gives items and vectors back in order", async () => {
      const store = await make(items, vectors, dimension);
      expect(store.dimension).toBe(dimension);
      let at = 0;
      for await (const { item, vector } of store.all()) {
        expect(item).toEqual(items[at]);
        expect(Array.from(vector)).toEqual(Array.from(vectors[at++] ?? []));
      }
      expect(at).toBe(60);
    });

    it("finds everything by its cosine, as arithmetic has it", async () => {
      const store = await make(items, vectors, dimension);
      const query = queryOf(7);
      const hits = await store.search(query, {});
      expect(hits.map(({ item }) => item)).toEqual(expected(query).map(({ item }) => item));
      for (const [at, { score }] of expected(query).entries()) expect(hits[at]?.score).toBeCloseTo(score, 5);
    });

    it("finds the nearest of what passes, and no more than there are", async () => {
      const store = await make(items, vectors, dimension);
      const query = queryOf(8);
      const some = new Set(items.flatMap(({ paperId }, at) => (at % 7 < 3 ? [paperId] : [])));
      for (const limit of [0, 1, 5, 1000]) {
        for (const kind of ["paper", "passage", undefined] as const) {
          for (const paperIds of [some, new Set<string>(), new Set(["nowhere"]), undefined]) {
            const filter = { ...(kind && { kind }), ...(paperIds && { paperIds }) };
            const passes = (item: VectorItem) =>
              (kind === undefined || item.kind === kind) && (paperIds?.has(item.paperId) ?? true);
            const found = (await store.search(query, { limit, filter })).map(({ item }) => item);
            const wanted = expected(query, passes).slice(0, limit);
            expect(found).toEqual(wanted.map(({ item }) => item));
          }
        }
      }
    });

    it("keeps the order of items where scores tie, in whatever order papers are named", async () => {
      const [one = new Float32Array(dimension)] = vectors;
      const own = items.slice(0, 8);
      const store = await make(own, Array(8).fill(one), dimension);
      const found = async (search: Parameters<VectorStore["search"]>[1]) =>
        (await store.search(one, search)).map(({ item }) => item);
      expect(await found({ limit: 3 })).toEqual(own.slice(0, 3));
      const paperIds = new Set(own.map(({ paperId }) => paperId).reverse());
      expect(await found({ filter: { paperIds } })).toEqual(own);
    });

    it("has the vectors of whole papers, as far as there are such", async () => {
      const store = await make(items, vectors, dimension);
      const whole = items.findIndex(({ kind }) => kind === "paper");
      const { paperId } = items[whole] as VectorItem;
      const found = await store.wholes([paperId, "nowhere"]);
      expect([...found.keys()]).toEqual([paperId]);
      expect(Array.from(found.get(paperId) ?? [])).toEqual(Array.from(vectors[whole] ?? []));
    });

    it("refuses a query of another dimension", async () => {
      const store = await make(items, vectors, dimension);
      await expect(store.search(new Float32Array(8), { limit: 1 })).rejects.toThrow(
        "the query has 8 dimensions, the index has 18",
      );
    });

    it("may be empty", async () => {
      const store = await make([], [], dimension);
      expect(await store.search(new Float32Array(dimension), { limit: 3 })).toEqual([]);
    });
  });
}

function cosine(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}
