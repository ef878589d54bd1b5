import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { AppError } from "../../errors.ts";
import {
  type Comparison,
  checkWritable,
  compare,
  lostByType,
  readBaseline,
  writeBaseline,
} from "../../eval/baseline.ts";
import { type ChangedMean, changedMeans, isWorse, meanText } from "../../eval/changed-means.ts";
import { ALL, groups } from "../../eval/groups.ts";
import { readQuestions } from "../../eval/question.ts";
import type { Result } from "../../eval/result.ts";
import { runEvaluation } from "../../eval/run.ts";
import { type GroupSummary, report, summarize } from "../../eval/summary.ts";
import { missed, type Threshold, unknownFigure } from "../../eval/threshold.ts";
import { countOf } from "../../util/strings.ts";
import type { CommandContext } from "../context.ts";
import { UsageError } from "../failure.ts";
import { terminalText } from "../output.ts";
import { startAssistant, withAssistant } from "../with-assistant.ts";

export interface EvalOptions {
  readonly json: boolean;
  readonly halves: boolean;
  readonly baseline?: string;
  readonly writeBaseline?: string;
  readonly maxLost?: number;
  readonly notWorse?: boolean;
}

interface Evaluation {
  readonly results: readonly Result[];
  readonly summary: ReadonlyMap<string, GroupSummary>;
  readonly comparison: Comparison | undefined;
  readonly means: readonly ChangedMean[];
  /** What misses its threshold, a sentence each. */
  readonly missed: readonly string[];
}

/**
 * Asks the questions of a file and prints how good the answers are.
 * @returns a function that throws AppError when a threshold is missed, for after everything has been told
 */
export async function evaluate(
  context: CommandContext,
  given: readonly string[],
  options: EvalOptions,
): Promise<() => void> {
  const { operands, thresholds } = readThresholds(given);
  const [file] = operands;
  if (file === undefined || operands.length > 1) throw new UsageError("eval takes one file of questions");
  for (const [option, given] of [
    ["--max-lost", options.maxLost !== undefined],
    ["--not-worse", options.notWorse === true],
  ] as const)
    if (given && options.baseline === undefined)
      throw new UsageError(`${option} compares with a baseline: name one with --baseline`);
  const questions = readQuestions(file);
  const known = [...groups(questions).keys()];
  for (const threshold of thresholds) {
    const reason = unknownFigure(threshold, known);
    if (reason !== undefined) throw new UsageError(reason);
  }
  const before = options.baseline === undefined ? undefined : readBaseline(options.baseline);
  if (options.writeBaseline !== undefined) await checkWritable(options.writeBaseline);
  const results = await ask(context, questions);
  if (options.writeBaseline !== undefined) await writeBaseline(options.writeBaseline, results);
  const evaluation = judge(results, before, thresholds, options);
  print(context, evaluation, options);
  return () => {
    const count = evaluation.missed.length;
    if (count > 0) throw new AppError("internal", `${countOf(count, "threshold")} missed`);
  };
}

function judge(
  results: readonly Result[],
  before: readonly Result[] | undefined,
  thresholds: readonly Threshold[],
  { halves, maxLost = Number.POSITIVE_INFINITY, notWorse = false }: EvalOptions,
): Evaluation {
  const summary = summarize(results, halves);
  const comparison = before === undefined ? undefined : compare(results, before);
  const means = before === undefined ? [] : changedMeans(results, before);
  const worse = means
    .filter(({ change }) => notWorse && isWorse(change))
    .map((one) => `worse than the baseline by more than chance: ${meanText(one)}`);
  const lost = [...(comparison === undefined ? [] : lostByType(comparison))]
    .filter(([, count]) => count > maxLost)
    .map(([type, count]) => `${type}: ${countOf(count, "question")} lost, at most ${maxLost} may be`);
  return { results, summary, comparison, means, missed: [...missed(thresholds, summary), ...lost, ...worse] };
}

/** Conversations go to a folder that is removed: the user's own list stays as it is. */
async function ask(
  context: CommandContext,
  questions: Parameters<typeof runEvaluation>[1],
): Promise<Result[]> {
  const { signal, stderr } = context;
  const data = await mkdtemp(path.join(tmpdir(), "footnote-eval-"));
  const loadConfig = async () => {
    const config = await context.loadConfig();
    return { ...config, folders: { ...config.folders, data } };
  };
  const show = (text: string): void => {
    if (stderr.isTerminal) stderr.write(`\r\u001b[K${text}`);
  };
  let results: Result[] = [];
  try {
    await withAssistant({ ...context, loadConfig }, async (assistant) => {
      await startAssistant(context, assistant, true);
      const onProgress = (done: number, total: number) => show(`Asking ${done}/${total}`);
      results = await runEvaluation(assistant, questions, { onProgress, signal });
    });
  } finally {
    show("");
    await rm(data, { recursive: true, force: true });
  }
  return results;
}

function print({ stdout, stderr }: CommandContext, evaluation: Evaluation, { json }: EvalOptions): void {
  const { results, summary, comparison, means, missed } = evaluation;
  if (json) {
    stdout.json({ groups: Object.fromEntries(summary), results, ...comparison, means, missed });
    return;
  }
  stdout.write(report(summary));
  if (comparison !== undefined) stdout.write(`\n${terminalText(changesText(comparison))}`);
  for (const one of means) stdout.line(terminalText(meanText(one)));
  for (const sentence of missed) stderr.line(`footnote: ${terminalText(sentence)}`);
}

function changesText({ changes, unmatched }: Comparison): string {
  const of = (side: "lost" | "won") => changes.filter(({ to }) => to === side);
  const lines = [...of("lost"), ...of("won")].map(
    ({ id, type, to, because }) => `${to.padEnd(4)}  ${type} ${id}: ${because.join(", ")}`,
  );
  const alone = unmatched === 0 ? "" : `, ${countOf(unmatched, "question")} in one run only`;
  return `${[...lines, `against the baseline: ${of("lost").length} lost, ${of("won").length} won${alone}`].join("\n")}\n`;
}

const OPTION = /^--(min|max)-(?:([^.=]+)\.)?([^.=]+)(?:=(.*))?$/;

/**
 * `--min-semantic.hit@10 0.7`, `--max-all.p99=80`, and what is left of the arguments. Without a group, of all questions.
 * @throws UsageError for any other option, and a value that is no number
 */
function readThresholds(given: readonly string[]): { operands: string[]; thresholds: Threshold[] } {
  const operands: string[] = [];
  const thresholds: Threshold[] = [];
  const rest = [...given];
  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    if (!argument.startsWith("-")) {
      operands.push(argument);
      continue;
    }
    const [, bound, group = ALL, figure, joined] = OPTION.exec(argument) ?? [];
    if (figure === undefined) throw new UsageError(`unknown option "${argument}"`);
    const text = joined ?? rest.shift() ?? "";
    const value = Number(text);
    if (text.trim() === "" || !Number.isFinite(value)) {
      throw new UsageError(`${argument} takes a number, as in --min-semantic.hit@10 0.7; it is "${text}"`);
    }
    thresholds.push({ bound: bound === "min" ? "min" : "max", group, figure, value });
  }
  return { operands, thresholds };
}
