import { expect, it } from "vitest";
import { changedMeans, isWorse, meanText } from "../../../src/eval/changed-means.ts";
import type { Result } from "../../../src/eval/result.ts";

const resultsOf = (rights: readonly boolean[], type = "everyday"): Result[] =>
  rights.map((right, at) => ({
    id: `${type}-${at}`,
    type,
    answerable: true,
    confidence: "high",
    right,
    figures: { "ndcg@10": right ? 1 : 0.5 },
  }));

const run = (n: number, wrong: readonly number[], type?: string) =>
  resultsOf(
    Array.from({ length: n }, (_, at) => !wrong.includes(at)),
    type,
  );

const worse = (now: readonly Result[], before: readonly Result[]) =>
  changedMeans(now, before)
    .filter(({ change }) => isWorse(change))
    .map(({ group, figure }) => `${group}.${figure}`);

it("tells a loss from chance: by how many are lost, and how many are won", () => {
  const before = run(150, [0, 1, 2, 3, 4]);
  expect(worse(before, before)).toEqual([]);
  expect(worse(run(150, [0, 1, 2, 3, 4, 5, 6]), before)).toEqual([]);
  expect(worse(run(150, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]), before)).toContain("everyday.right");
  // Ten lost and ten won are a change, and no loss.
  const others = Array.from({ length: 10 }, (_, at) => at + 20);
  expect(
    worse(
      run(150, others),
      run(
        150,
        others.map((at) => at + 40),
      ),
    ),
  ).toEqual([]);
});

it("sees a type that is lost among others that are not, and the rank of papers", () => {
  const before = [...run(60, []), ...run(60, [], "numbers")];
  const now = [...run(60, []), ...run(60, [1, 2, 3, 4, 5, 6], "numbers")];
  expect(worse(now, before).sort()).toEqual(["all.ndcg@10", "all.right", "numbers.ndcg@10", "numbers.right"]);
});

it("compares the questions that both runs have, the same each time", () => {
  const [change] = changedMeans(run(40, [1]), run(20, []));
  expect(change?.change.n).toBe(20);
  expect(changedMeans(run(40, [1]), run(20, []))[0]).toEqual(change);
  expect(meanText(change!)).toMatch(/^all\.right 1\.000 → 0\.950 \[-0\.\d{3}, 0\.000\] of 20$/);
  // Of four there is no interval.
  expect(changedMeans(run(4, [0, 1, 2, 3]), run(4, []))).toEqual([]);
});
