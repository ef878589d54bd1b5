import { describe, expect, it } from "vitest";
import { hit, ndcg, recall, reciprocalRank } from "../../../src/eval/run.ts";

const judged = (gold: Record<string, number>, ignored: string[] = []) => ({
  gold: new Map(Object.entries(gold)),
  ignored: new Set(ignored),
});
const TWELVE = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"];

describe("ranking figures, computed by hand", () => {
  it("nDCG discounts by the logarithm of the rank", () => {
    // Gains 1 at rank 2 and 1 at rank 4, of two: (1/log2 3 + 1/log2 5) / (1 + 1/log2 3).
    expect(ndcg(TWELVE, judged({ b: 1, d: 1 }))).toBeCloseTo((0.63093 + 0.43068) / 1.63093, 4);
    expect(ndcg(TWELVE, judged({ a: 1, b: 1 }))).toBe(1);
    // Graded: 1 at rank 1 and 3 at rank 2, ideal 3 then 1.
    expect(ndcg(TWELVE, judged({ a: 1, b: 3 }))).toBeCloseTo((1 + 3 * 0.63093) / (3 + 0.63093), 4);
    expect(ndcg(TWELVE, judged({ k: 1 }))).toBe(0);
    expect(ndcg(TWELVE, judged({ a: 0 }))).toBe(0);
  });

  it("hit, recall and the reciprocal rank look at the first ten", () => {
    expect([hit(TWELVE, judged({ c: 1 }), 2), hit(TWELVE, judged({ c: 1 }), 3)]).toEqual([0, 1]);
    expect(recall(TWELVE, judged({ a: 1, j: 1, k: 1, z: 1 }))).toBe(0.5);
    expect(reciprocalRank(TWELVE, judged({ d: 1, e: 1 }))).toBe(0.25);
    expect(reciprocalRank(TWELVE, judged({ k: 1 }))).toBe(0);
  });

  it("what counts neither way leaves its place to the next", () => {
    const { gold, ignored } = judged({ k: 1 }, ["a", "b"]);
    expect(reciprocalRank(TWELVE, { gold, ignored })).toBeCloseTo(1 / 9);
    expect([hit(TWELVE, { gold, ignored }, 10), hit(TWELVE, { gold }, 10)]).toEqual([1, 0]);
    expect(recall(TWELVE, { gold, ignored })).toBe(1);
    expect(ndcg(TWELVE, { gold, ignored })).toBeCloseTo(1 / Math.log2(10));
  });
});
