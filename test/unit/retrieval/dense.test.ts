import fc from "fast-check";
import { expect, it } from "vitest";
import { DenseRanker } from "../../../src/retrieval/dense.ts";
import { PackedVectors } from "../../../src/store/vectors/packed-vectors.ts";
import type { VectorItem, VectorStore } from "../../../src/store/vectors/vector-store.ts";
import { randomVectors } from "../../support/random-vectors.ts";

const DIMENSION = 6;
const OUT = Number.NEGATIVE_INFINITY;

/** Papers with as many passages as given; -1: without any vector. */
function corpus(passages: readonly number[], seed: number) {
  const items = passages.flatMap((count, at): VectorItem[] =>
    Array.from({ length: count + 1 }, (_, i) => ({
      paperId: `p${at}`,
      kind: i === 0 ? "paper" : "passage",
      field: "abstract",
      start: i,
      end: i + 1,
    })),
  );
  const vectors = randomVectors(items.length, DIMENSION, seed);
  const packed = Float32Array.from(vectors.flatMap((vector) => Array.from(vector)));
  return { items, vectors, store: new PackedVectors(items, packed, DIMENSION) };
}

/** .9 of the whole and .1 of the nearest passage, by a look at every item. */
function scoreOf(paperId: string, query: Float32Array, { items, vectors }: ReturnType<typeof corpus>) {
  const own = items.flatMap((item, at) =>
    item.paperId === paperId ? [{ kind: item.kind, score: cosine(vectors[at] as Float32Array, query) }] : [],
  );
  const whole = own.find(({ kind }) => kind === "paper")?.score ?? 0;
  const passages = own.filter(({ kind }) => kind === "passage").map(({ score }) => score);
  return 0.9 * whole + 0.1 * (passages.length === 0 ? whole : Math.max(...passages));
}

function cosine(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}

it("finds exactly the papers that a look at each of them finds, however few the store names", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        papers: fc.array(
          fc.record({
            passages: fc.integer({ min: -1, max: 4 }),
            // Out of scope, nothing known, or more than any vector can make up for.
            other: fc.oneof(fc.constant(OUT), fc.constant(0), fc.double({ min: -0.5, max: 3, noNaN: true })),
          }),
          { minLength: 1, maxLength: 60 },
        ),
        count: fc.integer({ min: 1, max: 12 }),
        nearest: fc.integer({ min: 1, max: 20 }),
        seed: fc.integer({ min: 1, max: 1e6 }),
      }),
      async ({ papers, count, nearest, seed }) => {
        const made = corpus(
          papers.map(({ passages }) => passages),
          seed,
        );
        const ids = papers.map((_, at) => `p${at}`);
        const [query = new Float32Array(DIMENSION)] = randomVectors(1, DIMENSION, seed + 1);
        const others = Float64Array.from(papers, ({ other }) => other);
        const all = ids
          .map((id, at) => ({ at, sum: (others[at] ?? OUT) + scoreOf(id, query, made) }))
          .filter(({ sum }) => sum !== OUT)
          .sort((a, b) => b.sum - a.sum);
        const found = await new DenseRanker(made.store, ids, nearest).best(query, others, count);
        expect(found.length).toBe(Math.min(count, all.length));
        for (const [rank, { at, score, passages }] of found.entries()) {
          // Sums in another order may differ in the last bits, and with them which of two equals is first.
          expect((others[at] ?? OUT) + score).toBeCloseTo(all[rank]?.sum ?? OUT, 5);
          expect(passages).toHaveLength(Math.max(0, papers[at]?.passages ?? 0));
          const scores = passages.map((passage) => passage.score);
          expect(scores).toEqual([...scores].sort((a, b) => b - a));
        }
      },
    ),
    { numRuns: 300 },
  );
});

it("asks the store for few of many papers, and never for all of them", async () => {
  const made = corpus(Array(3000).fill(2), 5);
  const asked: number[] = [];
  const counting: VectorStore = {
    dimension: DIMENSION,
    search: async (query, search) => {
      const hits = await made.store.search(query, search);
      asked.push(hits.length);
      return hits;
    },
    wholes: (ids) => made.store.wholes(ids),
    all: () => made.store.all(),
  };
  const ids = Array.from({ length: 3000 }, (_, at) => `p${at}`);
  const others = Float64Array.from(ids, (_, at) => (at % 500 === 0 ? 1 : 0));
  const [query = new Float32Array(DIMENSION)] = randomVectors(1, DIMENSION, 9);
  await new DenseRanker(counting, ids, 50).best(query, others, 10);
  expect(Math.max(...asked)).toBeLessThan(400);
});
