import { settledWithin } from "../util/waiting.ts";
import { assemble, type ServerOptions, type ServerParts } from "./assemble.ts";
import { checkExposure } from "./guard/exposure.ts";
import { listen } from "./listen.ts";

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
