import type { Readable } from "node:stream";
import type { BackupReport } from "../assistant/backup/backup.ts";
import type { Finding } from "../assistant/doctor/finding.ts";
import type { Assistant } from "../assistant/port.ts";
import type { ConfigSurvey } from "../config/survey-config.ts";
import type { Config } from "../config.ts";
import type { RunningSlack } from "../slack/slack-parts.ts";
import type { Output } from "./output.ts";

/** Where people reach the page. */
export function pageAddress({ server: { publicUrl, port } }: Config): string {
  return (publicUrl ?? `http://127.0.0.1:${port}`).replace(/\/$/, "");
}

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
  /** Every fault of the environment at once, and the configuration without them. */
  surveyConfig(): Promise<ConfigSurvey>;
  /** `onBackgroundError` is told what fails while nobody waits for it. @throws AppError */
  createAssistant(config: Config, onBackgroundError?: (error: unknown) => void): Promise<Assistant>;
  /** The Slack bot over Socket Mode, connected. @throws AppError */
  openSlack(assistant: Assistant, config: Config): Promise<Pick<RunningSlack, "close">>;
  /** What would fail on this machine, beside listening. Never rejects. */
  examine(config: Config): Promise<readonly Finding[]>;
  /** A copy of the index and the conversations in a new folder below `into`. @throws AppError */
  backup(config: Config, into: string): Promise<BackupReport>;
}
