import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { Logger } from "pino";
import type { Assistant } from "../assistant/port.ts";
import { RateLimiter } from "../assistant/rate-limiter.ts";
import type { Config } from "../config.ts";
import { Pacer } from "../util/pacer.ts";
import { admission } from "./answers/admission.ts";
import { AnswerQueue } from "./answers/answer-queue.ts";
import { AnswerRuns } from "./answers/answer-runs.ts";
import { access } from "./guard/access.ts";
import { clientAddress } from "./guard/client-address.ts";
import { authorityOf } from "./guard/identity.ts";
import { whoCalls } from "./guard/who-calls.ts";
import { createApp } from "./http/app.ts";
import { basePath, withoutBase } from "./http/base-path.ts";
import { brokenRequest } from "./http/broken-request.ts";
import { countSearches } from "./http/count-searches.ts";
import type { Integration } from "./integration.ts";
import { eventLoopDelay } from "./metrics/event-loop-delay.ts";
import { serverGauges } from "./metrics/server-gauges.ts";
import { ServerMetrics } from "./metrics/server-metrics.ts";
import { DEFAULT_LIMITS, type ServerLimits } from "./server-limits.ts";
import { SocketServer } from "./socket/socket-server.ts";

export interface ServerOptions {
  readonly assistant: Assistant;
  readonly config: Config["server"];
  readonly logger: Logger;
  /** The built web page; need not be there. */
  readonly webFolder: string;
  readonly version: string;
  readonly limits?: Partial<ServerLimits>;
  readonly integrations?: readonly Integration[];
}

export interface ServerParts {
  /** Does not listen yet. */
  readonly server: Server;
  readonly runs: AnswerRuns;
  readonly sockets: SocketServer;
  /** Ends what is measured all the time. */
  stopWatching(): void;
}

const HTTP_OPTIONS = {
  // Milliseconds for a request to arrive, its headers and all of it. Answers may take as long as they take.
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 5_000,
  // A request without a host is refused at our door, with a problem to read.
  requireHostHeader: false,
};

/** Wires the parts of a server: one door, one line and one set of figures for HTTP and WebSocket. */
export function assemble({
  assistant,
  config,
  logger,
  webFolder,
  version,
  integrations = [],
  ...options
}: ServerOptions): ServerParts {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const metrics = new ServerMetrics();
  const queue = new AnswerQueue({ atOnce: config.maxConcurrentAnswers, waiting: limits.waiting });
  const limiter = new RateLimiter({ perMinute: config.rateLimitPerMinute });
  const admit = admission({ limiter, queue, metrics });
  const countSearch = countSearches(config.rateLimitPerMinute, metrics);
  const pacer = new Pacer();
  const runs = new AnswerRuns({ assistant, logger, limits, metrics, admit, pacer });
  const authority = authorityOf(config.apiKeys);
  const addressOf = clientAddress(config.trustedProxies);
  const door = { access: access(config), logger };
  const sockets = new SocketServer({ ...door, runs, limits, metrics, authority, addressOf });
  const base = basePath(config.publicUrl);
  const services = { assistant, countSearch, runs, limits, metrics, pacer, version, base, integrations };
  const letIn = whoCalls(authority, addressOf);
  const app = createApp({ ...door, services, letIn, webFolder });
  const shorten = (request: IncomingMessage) => {
    request.url = withoutBase(request.url ?? "/", base);
  };
  const answer: RequestListener = (request, response) => {
    shorten(request);
    app(request, response);
  };
  const server = createServer(HTTP_OPTIONS, answer);
  // Node's own 417 to an unknown `Expect` has no error body; ours has.
  server.on("checkExpectation", answer);
  server.on("upgrade", (request, stream, head) => {
    shorten(request);
    sockets.upgrade(request, stream, head);
  });
  server.on("clientError", brokenRequest);
  const delay = eventLoopDelay();
  metrics.watch(...serverGauges({ assistant, queue, sockets, version }), delay.family);
  return { server, runs, sockets, stopWatching: delay.stop };
}
