/** Results of an earlier run, one question a line so that a change of one reads as a change of one line. */
import { readFileSync } from "node:fs";
import { access, constants } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { AppError } from "../errors.ts";
import { fileErrorReason, writeAtomically, writeFault } from "../util/files.ts";
import { zodSentence } from "../util/zod-sentence.ts";
import { Result } from "./result.ts";

const Baseline = z.object({ version: z.literal(1), results: z.array(Result) });

/** @throws AppError (bad_request) naming the file and what is wrong with it */
export function readBaseline(file: string): Result[] {
  const json = parse(file);
  const result = Baseline.safeParse(json);
  if (result.success) return result.data.results;
  const [issue] = result.error.issues;
  const reason = issue === undefined ? "" : `: ${zodSentence(issue, json, "the file")}`;
  throw notBaseline(`${file} is no baseline${reason}`);
}

function parse(file: string): unknown {
  const text = readText(file);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw notBaseline(`${file} is no baseline: it is not JSON`, error);
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw notBaseline(`${file}: ${fileErrorReason(error)}`, error);
  }
}

const notBaseline = (fact: string, cause?: unknown): AppError =>
  new AppError("bad_request", `${fact}; --write-baseline writes one`, { cause });

/** Without times, which differ from run to run. @throws AppError (bad_request) when it cannot be written */
export async function writeBaseline(file: string, results: readonly Result[]): Promise<void> {
  const lines = results.map(({ ms: _, ...result }) =>
    JSON.stringify({ ...result, figures: rounded(result) }),
  );
  await writing(file, () => writeAtomically(file, `{"version":1,"results":[\n${lines.join(",\n")}\n]}\n`));
}

/** Told before the questions are asked, which may take an hour. @throws AppError (bad_request) */
export async function checkWritable(file: string): Promise<void> {
  await writing(file, () => access(path.dirname(path.resolve(file)), constants.W_OK));
}

async function writing(file: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const fault = writeFault(error) ?? `cannot be written: ${fileErrorReason(error)}`;
    throw new AppError("bad_request", `${file} ${fault}`, { cause: error });
  }
}

/** Four digits are more than a report shows. */
function rounded({ figures }: Pick<Result, "figures">): Record<string, number> {
  return Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [name, Math.round(value * 1e4) / 1e4]),
  );
}

/** A question that changed sides. */
interface Change {
  readonly id: string;
  readonly type: string;
  readonly to: "lost" | "won";
  /** What differs: `hit@1 1 → 0`, `high → none`; `not asked`, `another question`. */
  readonly because: readonly string[];
}

export interface Comparison {
  readonly changes: readonly Change[];
  /** Questions of one of the two runs alone. */
  readonly unmatched: number;
}

/**
 * What became of each question of the earlier run, and of those of both. One that is not asked any more, or not in its
 * words, is lost however it was answered: else a gate passes when what fails is taken out of the file.
 */
export function compare(now: readonly Result[], before: readonly Result[]): Comparison {
  const asked = new Map(now.map((result) => [result.id, result]));
  const changes = before.flatMap((earlier) => changeOf(asked.get(earlier.id), earlier) ?? []);
  const matched = before.filter((earlier) => isSame(asked.get(earlier.id), earlier)).length;
  return { changes, unmatched: now.length + before.length - 2 * matched };
}

function changeOf(now: Result | undefined, before: Result): Change | undefined {
  const { id, type } = before;
  if (now === undefined) return { id, type, to: "lost", because: ["not asked"] };
  if (!isSame(now, before)) return { id, type, to: "lost", because: ["another question"] };
  if (now.right === before.right) return undefined;
  return { id, type: now.type, to: now.right ? "won" : "lost", because: differences(now, before) };
}

/** A baseline without digests tells questions by their id alone. */
function isSame(now: Result | undefined, before: Result): boolean {
  if (now === undefined) return false;
  return now.digest === undefined || before.digest === undefined || now.digest === before.digest;
}

/** Lost questions by type. */
export function lostByType({ changes }: Comparison): Map<string, number> {
  const lost = new Map<string, number>();
  for (const { type, to } of changes) if (to === "lost") lost.set(type, (lost.get(type) ?? 0) + 1);
  return lost;
}

/** Differences below what a baseline keeps are none. */
const EQUAL = 1e-3;

function differences(now: Result, before: Result): string[] {
  const confidence = now.confidence === before.confidence ? [] : [`${before.confidence} → ${now.confidence}`];
  const names = new Set([...Object.keys(before.figures), ...Object.keys(now.figures)]);
  const figures = [...names].flatMap((name) => {
    const [from, to] = [before.figures[name], now.figures[name]];
    if (from === to || Math.abs((from ?? 9) - (to ?? 9)) < EQUAL) return [];
    return [`${name} ${shown(from)} → ${shown(to)}`];
  });
  return [...confidence, ...figures];
}

const shown = (value: number | undefined): string =>
  value === undefined ? "–" : String(Math.round(value * 100) / 100);
