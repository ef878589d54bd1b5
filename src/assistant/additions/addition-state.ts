/** One addition: what is kept of it on disk, what it does just now, and what people see of both. */

import type { LimitFunction } from "p-limit";
import { toProblem } from "../../errors.ts";
import type { Addition, AdditionReport, AdditionState } from "../../protocol.ts";
import { withoutUndefined } from "../../util/without-undefined.ts";
import type { Undo } from "./addition-report.ts";
import type { UploadedFiles } from "./uploaded-files.ts";

export const STOPPED = "The server was stopped meanwhile: start it again";

/** What is kept of one on disk. */
export interface Kept {
  readonly id: string;
  readonly createdAt: string;
  readonly state: AdditionState;
  readonly preview?: AdditionReport | undefined;
  readonly report?: AdditionReport | undefined;
  readonly error?: string | undefined;
  readonly undo?: Undo | undefined;
  /** Those that were ingested, which are removed then. */
  readonly files?: Addition["files"] | undefined;
}

export interface Running {
  kept: Kept;
  /** One after the other: what is shown has been written. */
  readonly writing: LimitFunction;
  readonly files: UploadedFiles;
  progress: Addition["progress"];
  /** What it does just now; it is over when all of it is, the removal of its files too. */
  busy: { readonly state: AdditionState; readonly stop: AbortController } | undefined;
  work: Promise<void>;
}

export const stateOf = ({ kept, busy }: Running): AdditionState => busy?.state ?? kept.state;

export function failureOf(error: unknown, was: Kept, signal: AbortSignal): Partial<Kept> {
  if (signal.aborted) return { state: was.state };
  // The assistant is closing.
  if (error instanceof DOMException) return { state: "failed", error: STOPPED };
  return { state: was.state === "done" ? "done" : "failed", error: toProblem(error).error.message };
}

export function shown(one: Running): Addition {
  const { undo, ...kept } = one.kept;
  const state = stateOf(one);
  return withoutUndefined({
    ...kept,
    state,
    files: kept.files ?? one.files.files,
    progress: one.progress,
    canUndo: state === "done" && undo !== undefined,
  });
}
