import type { IncomingMessage, ServerResponse } from "node:http";
import type { Assistant } from "../assistant/port.ts";
import type { Caller } from "../edge/caller.ts";
import type { Pacer } from "../edge/pacer.ts";
import type { CountSearch } from "./answers/admission.ts";
import type { AnswerRuns } from "./answers/answer-runs.ts";
import type { RouteAccess } from "./guard/identity.ts";
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
  readonly path: string;
  /** By default POST alone, of anyone: these have keys of their own. */
  readonly methods?: readonly ("get" | "post" | "delete")[];
  readonly access?: RouteAccess;
  /** Bytes of JSON that are read before it is handed over; absent: bodies are left unread. */
  readonly jsonBytes?: number;
  handle(request: IncomingMessage, response: ServerResponse, caller: Caller): void | Promise<void>;
  /** Its component in /ready, where it has one: `ok`, or why not. /ready stays ready. */
  readonly health?: { readonly name: string; state(): string };
}
