import type { Readable } from "node:stream";
import type { Assistant } from "../assistant/port.ts";
import type { Config } from "../config.ts";
import type { Output } from "./output.ts";

/** What a command is handed instead of the process, so that it runs in a test as it runs in a terminal. */
export interface CommandContext {
  /** Results; with --json exactly one JSON value. */
  readonly stdout: Output;
  /** Messages and progress. */
  readonly stderr: Output;
  readonly stdin: Readable;
  /** Aborted by Ctrl-C (reason: Interrupted) or when nobody reads the output (reason: OutputClosed). */
  readonly signal: AbortSignal;
  readonly version: string;
  /** @throws AppError naming the variable that is wrong */
  loadConfig(): Promise<Config>;
  /** `onBackgroundError` is told what fails while nobody waits for it. @throws AppError */
  createAssistant(config: Config, onBackgroundError?: (error: unknown) => void): Promise<Assistant>;
}
