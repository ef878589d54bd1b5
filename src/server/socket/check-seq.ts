import { AppError } from "../../errors.ts";
import type { AnswerRun } from "../answers/answer-run.ts";

/**
 * A client cannot have a frame that was never sent: waiting for the ones after it would leave a gap.
 * @throws AppError bad_request
 */
export function checkSeq(run: AnswerRun, afterSeq: number, field: string): void {
  if (afterSeq <= run.lastSeq) return;
  const fact = `the last frame of message "${run.messageId}" is ${run.lastSeq}`;
  throw new AppError("bad_request", `${field} is ${afterSeq}: ${fact}`, { field });
}
