import type { IncomingMessage, ServerResponse } from "node:http";
import type { Assistant } from "../assistant/port.ts";
import type { Pacer } from "../edge/pacer.ts";
import type { CountSearch } from "./answers/admission.ts";
import type { AnswerRuns } from "./answers/answer-runs.ts";
import type { ServerMetrics } from "./metrics/server-metrics.ts";
import type { ServerLimits } from "./server-limits.ts";

/** What routes work with. */
export interface Services {
  readonly assistant: Assistant;
  readonly countSearch: CountSearch;
  readonly runs: AnswerRuns;
  readonly limits: ServerLimits;
  readonly metrics: ServerMetrics;
  readonly pacer: Pacer;
  readonly version: string;
  /** The path under which users reach us: "" or "/footnote". */
  readonly base: string;
  readonly integrations: readonly Integration[];
}

/** A request handler that another module mounts here, such as the Slack bot. */
export interface Integration {
  /** Of its component in /ready. */
  readonly name: string;
  /** POST requests there are handed over as they come, their bodies unread. They have keys of their own. */
  readonly path: string;
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** `ok`, or why not: told in /ready, which stays ready. */
  state(): string;
}
