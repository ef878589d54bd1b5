/** The development questions of test/eval. */
import { readFileSync } from "node:fs";
import path from "node:path";

export interface Question {
  readonly id: string;
  readonly type: "semantic" | "factual" | "multi" | "unanswerable" | "followup" | "summary";
  readonly subtype?: string;
  readonly question: string;
  /** Titles. */
  readonly gold: readonly string[];
  readonly partial?: readonly string[];
  readonly history?: readonly string[];
  readonly standalone?: string;
  readonly must?: readonly string[];
  readonly evidence?: readonly string[];
  /** In other words than the paper. */
  readonly answer?: string;
}

export function readQuestions(): Question[] {
  const lines = readFileSync(path.resolve("test/eval/questions.jsonl"), "utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line) as Question);
}

/** Even and odd questions: a constant that is chosen on one half must hold on the other. */
export function halves<T>(items: readonly T[]): [T[], T[]] {
  return [items.filter((_, at) => at % 2 === 0), items.filter((_, at) => at % 2 === 1)];
}
