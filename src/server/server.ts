import { createServer, type Server } from "node:http";
import type { Logger } from "pino";
import type { Assistant } from "../assistant/port.ts";
import type { Config } from "../config.ts";
import { settledWithin } from "../util/settled-within.ts";
import { access } from "./access.ts";
import { AnswerRuns } from "./answer-runs.ts";
import { createApp } from "./app.ts";
import { brokenRequest } from "./broken-request.ts";
import { listen } from "./listen.ts";
import { DEFAULT_LIMITS, type ServerLimits } from "./server-limits.ts";
import { SocketServer } from "./socket-server.ts";

interface ServerOptions {
  readonly assistant: Assistant;
  readonly config: Config["server"];
  readonly logger: Logger;
  /** The built web page; need not be there. */
  readonly webFolder: string;
  readonly version: string;
  readonly limits?: Partial<ServerLimits>;
}

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
const HTTP_OPTIONS = {
  // Milliseconds for a request to arrive, its headers and all of it. Answers may take as long as they take.
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 5_000,
  // A request without a host is refused at our door, with a problem to read.
  requireHostHeader: false,
};

/** Listens at once, before the assistant is ready. @throws AppError (internal) when it cannot */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { assistant, config, logger, webFolder, version } = options;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const runs = new AnswerRuns({ assistant, logger, limits });
  const door = access(config);
  const sockets = new SocketServer({ runs, limits, logger, access: door });
  const app = createApp({ services: { assistant, runs, limits, version }, access: door, logger, webFolder });
  const server = createServer(HTTP_OPTIONS, app);
  server.on("upgrade", (request, stream, head) => sockets.upgrade(request, stream, head));
  server.on("clientError", brokenRequest);
  const port = await listen(server, config.host, config.port);
  logger.info({ host: config.host, port }, "listening");
  let closing: Promise<void> | undefined;
  return {
    url: `http://${hostToOpen(config.host)}:${port}`,
    port,
    close: (graceMs = CLOSE_GRACE_MS) => {
      closing ??= close(server, runs, sockets, graceMs);
      return closing;
    },
  };
}

async function close(
  server: Server,
  runs: AnswerRuns,
  sockets: SocketServer,
  graceMs: number,
): Promise<void> {
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
