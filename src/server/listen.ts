import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Config } from "../config.ts";
import { AppError } from "../errors.ts";
import { isLoopback } from "../util/is-loopback.ts";

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: "is in use: stop the other program or choose another PORT (0 takes a free one)",
  EACCES: "may not be used by this user: choose a PORT above 1023",
  EADDRNOTAVAIL: "is not an address of this machine: check HOST",
  ENOTFOUND: "is not a known host: check HOST",
};

/** The port that `server` listens on. @throws AppError (config) that names HOST, PORT and the fix */
export async function listen(server: Server, host: string, port: number): Promise<number> {
  try {
    server.listen(port, host);
    await once(server, "listening");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const reason = REASONS[code] ?? "cannot be listened on: see the cause";
    throw new AppError("config", `HOST=${host} PORT=${port} ${reason}`, { cause: error });
  }
  return (server.address() as AddressInfo).port;
}

/**
 * Anyone who reaches the server is `local`, the one owner, where no keys are set. So it listens to other machines only
 * with keys, or when it is said that this is meant.
 * @throws AppError (config) with one line that names the variable, the value and the fix
 */
export function checkExposure({ host, apiKeys, openToAll }: Config["server"]): void {
  if (isLoopback(host) || apiKeys.length > 0 || openToAll) return;
  throw new AppError(
    "config",
    `HOST=${JSON.stringify(host)} lets other machines in, and API_KEYS names nobody: ` +
      "set API_KEYS=name:KEY, or AUTH=none if anyone may ask and read",
  );
}
