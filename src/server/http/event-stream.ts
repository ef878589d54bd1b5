import { once } from "node:events";
import type { Response } from "express";
import type { AnswerFrame } from "../../protocol.ts";
import type { AnswerRun } from "../answers/answer-run.ts";
import type { Services } from "./route.ts";

const HEADERS = {
  "Content-Type": "text/event-stream; charset=utf-8",
  "Cache-Control": "no-store",
  // nginx would hold the events back.
  "X-Accel-Buffering": "no",
};

/**
 * The frames of `run` after `afterSeq` as server-sent events, to the last one. A client that reads slowly is waited
 * for; one that takes nothing for `limits.stuck` is dropped. Resolves when it is over, however; never rejects.
 */
export async function sendEvents(
  response: Response,
  { run, afterSeq }: { run: AnswerRun; afterSeq: number },
  { limits, metrics }: Pick<Services, "limits" | "metrics">,
  gone: AbortSignal,
): Promise<void> {
  response.writeHead(200, HEADERS);
  if (response.req.method === "HEAD") {
    response.end();
    return;
  }
  response.flushHeaders();
  // A comment now and then keeps proxies from closing a stream that waits.
  const beat = setInterval(() => {
    if (!response.writableNeedDrain) response.write(": waiting\n\n");
  }, limits.ping);
  try {
    for await (const frame of run.follow(afterSeq, gone)) {
      if (!response.write(eventText(frame))) await drained(response, limits.stuck, gone);
    }
    response.end();
  } catch {
    if (!gone.aborted) metrics.clientsDropped.increment({ reason: "too_slow" });
    response.destroy();
  } finally {
    clearInterval(beat);
  }
}

/** JSON holds no line break, so one `data:` line is enough. */
function eventText(frame: AnswerFrame): string {
  return `event: ${frame.type}\nid: ${frame.seq}\ndata: ${JSON.stringify(frame)}\n\n`;
}

async function drained(response: Response, ms: number, gone: AbortSignal): Promise<void> {
  await once(response, "drain", { signal: AbortSignal.any([gone, AbortSignal.timeout(ms)]) });
}
