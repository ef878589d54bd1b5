import { expect } from "vitest";
import type { Assistant } from "../../src/assistant.ts";
import { compare, readBaseline } from "../../src/eval/baseline.ts";
import { changedMeans, isWorse, meanText } from "../../src/eval/changed-means.ts";
import { readQuestions } from "../../src/eval/question.ts";
import { runEvaluation } from "../../src/eval/run.ts";

/** The questions of `test/eval/NAME.jsonl` are answered no worse than in NAME-baseline.json, but for chance. */
export async function expectNotWorse(assistant: Assistant, name: string): Promise<void> {
  const results = await runEvaluation(assistant, readQuestions(`test/eval/${name}.jsonl`));
  const before = readBaseline(`test/eval/${name}-baseline.json`);
  const { changes, unmatched } = compare(results, before);
  const worse = changedMeans(results, before).filter(({ change }) => isWorse(change));
  expect(worse.map(meanText), JSON.stringify(changes, null, 1)).toEqual([]);
  expect(unmatched, "write the baseline again: footnote eval --write-baseline").toBe(0);
  expect(results.filter(({ figures }) => (figures.verbatim ?? 1) < 1)).toEqual([]);
}
