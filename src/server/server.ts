import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { Logger } from "pino";
import type { Assistant } from "../assistant/port.ts";
import type { Config } from "../config.ts";
import { Pacer } from "../edge/pacer.ts";
import { RateLimiter } from "../edge/rate-limiter.ts";
import { settledWithin } from "../util/waiting.ts";
import { AnswerQueue, admission, countSearches } from "./answers/admission.ts";
import { AnswerRuns } from "./answers/answer-runs.ts";
import { createApp } from "./app.ts";
import { clientAddress } from "./guard/client-address.ts";
import { guard } from "./guard/guard.ts";
import { authenticate, authorityOf } from "./guard/identity.ts";
import { checkExposure, listen } from "./listen.ts";
import { eventLoopDelay, ServerMetrics, serverGauges } from "./metrics/server-metrics.ts";
import { brokenRequest } from "./problem.ts";
import { DEFAULT_LIMITS, type ServerLimits } from "./server-limits.ts";
import type { Integration } from "./services.ts";
import { SocketServer } from "./socket/socket-server.ts";

export interface RunningServer {
  /** Where a person on this machine opens it: `http://127.0.0.1:3000`. */
  readonly url: string;
  readonly port: number;
  /**
   * Stops accepting, lets answers that stream finish for `graceMs` (10 s), then stops them, which keeps what was
   * written; closes sockets with 1001. Resolves within a second after the grace, or a third of it, if that is more.
   */
  close(graceMs?: number): Promise<void>;
}

const CLOSE_GRACE_MS = 10_000;
/** Milliseconds for the last bytes to go out. */
const LAST_BYTES_MS = 200;

/**
 * Listens at once, before the assistant is ready.
 * @throws AppError (config) when it cannot, or when it would be open to others without it being meant
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { config, logger } = options;
  checkExposure(config);
  const parts = assemble(options);
  const port = await listen(parts.server, config.host, config.port);
  logger.info({ host: config.host, port, keys: config.apiKeys.length }, "listening");
  let closing: Promise<void> | undefined;
  return {
    url: `http://${hostToOpen(config.host)}:${port}`,
    port,
    close: (graceMs = CLOSE_GRACE_MS) => {
      closing ??= close(parts, graceMs);
      return closing;
    },
  };
}

async function close({ server, runs, sockets, stopWatching }: ServerParts, graceMs: number): Promise<void> {
  stopWatching();
  const closed = new Promise((resolve) => server.close(resolve));
  await runs.close(graceMs);
  await sockets.close();
  server.closeIdleConnections();
  if (await settledWithin(closed, LAST_BYTES_MS)) return;
  server.closeAllConnections();
  await settledWithin(closed, LAST_BYTES_MS);
}

function hostToOpen(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}

interface ServerOptions {
  readonly assistant: Assistant;
  readonly config: Config["server"];
  readonly logger: Logger;
  /** The built web page; need not be there. */
  readonly webFolder: string;
  readonly version: string;
  readonly limits?: Partial<ServerLimits>;
  readonly integrations?: readonly Integration[];
}

interface ServerParts {
  /** Does not listen yet. */
  readonly server: Server;
  readonly runs: AnswerRuns;
  readonly sockets: SocketServer;
  /** Ends what is measured all the time. */
  stopWatching(): void;
}

const HTTP_OPTIONS = {
  // Milliseconds for a request to arrive, its headers and all of it: a file takes long. All else has less (app.ts).
  headersTimeout: 10_000,
  requestTimeout: 60 * 60_000,
  keepAliveTimeout: 5_000,
  // A request without a host is refused at our door, with a problem to read.
  requireHostHeader: false,
};

/** Wires the parts of a server: one door, one line and one set of figures for HTTP and WebSocket. */
function assemble({
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
  const door = { guard: guard(config), logger };
  const sockets = new SocketServer({ ...door, runs, limits, metrics, authority, addressOf });
  const base = basePath(config.publicUrl);
  const services = { assistant, countSearch, runs, limits, metrics, pacer, version, base, integrations };
  const authorize = authenticate(authority, addressOf);
  const app = createApp({ ...door, services, authorize, webFolder, publicUrl: config.publicUrl });
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

/** The path of PUBLIC_URL, under which users reach this server: "" or "/footnote". */
function basePath(publicUrl: string | undefined): string {
  return publicUrl === undefined ? "" : new URL(publicUrl).pathname.replace(/\/$/, "");
}

/** The address of a request as we know it: some proxies leave `base` in front of it, others take it away. */
function withoutBase(address: string, base: string): string {
  if (base === "" || !address.startsWith(base)) return address;
  const rest = address.slice(base.length);
  if (rest === "" || rest.startsWith("?")) return `/${rest}`;
  return rest.startsWith("/") ? rest : address;
}
