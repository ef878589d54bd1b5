import { createServer } from "node:http";
import type { Finding } from "../../assistant/doctor/finding.ts";
import type { Config } from "../../config.ts";
import { Health } from "../../protocol.ts";
import { listen } from "../../server/listen.ts";

/** Milliseconds that the holder of the port gets to say that it is Footnote. */
const ANSWER_MS = 1000;

/** Whether `serve` could listen, or does already. @throws AppError that names HOST, PORT and the fix */
export async function checkPort({ host, port }: Config["server"]): Promise<Finding> {
  const check = "port";
  const server = createServer();
  try {
    await listen(server, host, port);
    return { check, state: "ok", message: `HOST=${host} PORT=${port} is free` };
  } catch (error) {
    const version = await runningVersion(host, port);
    if (version === undefined) throw error;
    return { check, state: "ok", message: `HOST=${host} PORT=${port}: Footnote ${version} serves there` };
  } finally {
    server.close();
  }
}

/** The version of the Footnote that has the port, if it is one. */
async function runningVersion(host: string, port: number): Promise<string | undefined> {
  const address = host === "0.0.0.0" || host === "::" ? "localhost" : host;
  const name = address.includes(":") ? `[${address.replace(/^\[|\]$/g, "")}]` : address;
  try {
    const response = await fetch(`http://${name}:${port}/health`, { signal: AbortSignal.timeout(ANSWER_MS) });
    return Health.parse(await response.json()).version;
  } catch {
    return undefined;
  }
}
