import { inspect } from "node:util";
import { CommanderError } from "commander";
import { AppError, toProblem } from "../errors.ts";
import type { Problem } from "../protocol.ts";
import { terminalText } from "./output.ts";
import { Interrupted, OutputClosed } from "./stop.ts";

/** What sysexits.h calls EX_CONFIG: who starts Footnote again and again can leave it until the settings change. */
const WRONG_SETTINGS = 78;

/** 0 done, 1 failed, 2 wrong usage, 78 wrong settings, 128 + signal when ended by one. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof UsageError) return 2;
  if (error instanceof Interrupted) return error.exitCode;
  if (error instanceof AppError && error.code === "config") return WRONG_SETTINGS;
  return error instanceof OutputClosed ? 0 : 1;
}

/** Whether there is something to tell: not for help, usage that commander has told, or an end that was asked for. */
export function isFailure(error: unknown): boolean {
  return !(error instanceof CommanderError || error instanceof Interrupted || error instanceof OutputClosed);
}

/** One line for the terminal; with `debug` the stack and the causes below it. */
export function failureText(error: unknown, debug: boolean): string {
  const line = `footnote: ${terminalText(messageOf(error)).replace(/\s*\n\s*/g, " ")}`;
  if (debug) return `${line}\n${terminalText(inspect(error))}`;
  const expected = error instanceof AppError || error instanceof UsageError;
  return expected ? line : `${line} (LOG_LEVEL=debug shows where)`;
}

/** The same for programs that asked for JSON: the contract's Problem, with the message that the operator sees. */
export function failureJson(error: unknown): Problem {
  const message = messageOf(error);
  if (error instanceof AppError && error.code === "config") {
    const field = error.field === undefined ? {} : { field: error.field };
    return { error: { code: "config", message, retryable: false, ...field } };
  }
  const problem = toProblem(error instanceof UsageError ? new AppError("bad_request", message) : error);
  return { error: { ...problem.error, message } };
}

function messageOf(error: unknown): string {
  return error instanceof Error && error.message !== "" ? error.message : String(error);
}

/** The command line itself is wrong in a way that only the command can see; ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
