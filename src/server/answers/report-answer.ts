import type { Logger } from "pino";
import { withoutUndefined } from "../../util/without-undefined.ts";
import type { Asker } from "../guard/asker.ts";
import type { ServerMetrics } from "../metrics/server-metrics.ts";
import type { AnswerRun, RunOutcome } from "./answer-run.ts";

interface Facts {
  readonly run: AnswerRun;
  readonly asker: Asker;
  readonly outcome: RunOutcome;
  /** Milliseconds, from the question on; and of these, in line. */
  readonly ms: number;
  readonly waitedMs: number;
}

/** One line in the log and a count for an ask that has ended: who, when and how, never what about. */
export function reportAnswer(facts: Facts, { logger, metrics }: { logger: Logger; metrics: ServerMetrics }) {
  const { run, asker, outcome, ms, waitedMs } = facts;
  const frame = run.lastFrame;
  const line = withoutUndefined({
    connectionId: asker.connectionId,
    requestId: run.requestId ?? asker.requestId,
    messageId: run.messageId,
    owner: asker.owner,
    outcome,
    code: run.failure,
    frames: run.lastSeq,
    ms: Math.round(ms),
    waitedMs: Math.round(waitedMs),
  });
  logger.info(line, "answer");
  metrics.asks.increment({ outcome });
  if (frame?.type === "done") metrics.observe(frame.answer.timings, waitedMs);
}
