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
