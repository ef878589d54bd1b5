import type { RateLimiter } from "../../assistant/rate-limiter.ts";
import type { Asker } from "../guard/asker.ts";
import type { ServerMetrics } from "../metrics/server-metrics.ts";
import type { AnswerQueue } from "./answer-queue.ts";
import type { QueuePlace } from "./queue-place.ts";

interface Options {
  readonly limiter: RateLimiter;
  readonly queue: AnswerQueue;
  readonly metrics: ServerMetrics;
}

/** All requests over HTTP from one address wait as one connection would: each request may open its own connection. */
const HTTP = "http";

/** Lets an ask in, on whatever transport it came. @throws AppError rate_limited with the wait */
export type Admit = (asker: Asker) => QueuePlace;

export function admission({ limiter, queue, metrics }: Options): Admit {
  const counted = <Result>(limit: string, work: () => Result): Result => {
    try {
      return work();
    } catch (error) {
      metrics.limited.increment({ limit });
      throw error;
    }
  };
  return ({ owner, address, connectionId = HTTP }) => {
    counted("rate", () => limiter.count(owner, address));
    return counted("line", () => queue.join([owner, address, connectionId]));
  };
}
