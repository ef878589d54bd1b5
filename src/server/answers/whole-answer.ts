import { AppError } from "../../errors.ts";
import type { Answer } from "../../protocol.ts";
import type { AnswerRun } from "./answer-run.ts";

/**
 * The answer of `run` when it is complete.
 * @throws what `ask` threw before it started; the error that ended it; AppError conflict when it was stopped
 */
export async function wholeAnswer(run: AnswerRun): Promise<Answer> {
  for await (const frame of run.follow(0)) {
    if (frame.type === "done") return frame.answer;
    if (frame.type === "error") throw new AppError(frame.code, frame.message);
    if (frame.type === "aborted") {
      throw new AppError(
        "conflict",
        `The answer was stopped before its end: what was written is at /api/messages/${run.messageId}`,
      );
    }
  }
  throw new AppError("internal", `Answer ${run.messageId} ended without its last event`);
}
