import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { AppError } from "../errors.ts";

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
