import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { AppError } from "../errors.ts";
import { WATCHED_STDIO } from "../util/child-process.ts";
import type { DrawnMap, MapRequest } from "./draw-map.ts";

export type MapReply =
  | { readonly map: DrawnMap; readonly error?: never }
  | { readonly map?: never; readonly error: string };

/** A process runs plain JavaScript: from source, as tests are, it is the one that `npm run build` made. */
const ENTRY = new URL(
  import.meta.url.endsWith(".ts") ? "../../dist/map/map-worker.js" : "./map-worker.js",
  import.meta.url,
);

/**
 * Draws the map in a process of its own: 20,000 papers take some 20 s of one core, and memory that is given back.
 * @throws AppError (internal) when the process fails; the signal's reason
 */
export async function drawMapInProcess(request: MapRequest, signal: AbortSignal): Promise<DrawnMap> {
  signal.throwIfAborted();
  const child = fork(fileURLToPath(ENTRY), [], {
    execArgv: [],
    // Structured clone, which takes typed arrays as they are.
    serialization: "advanced",
    stdio: [...WATCHED_STDIO],
  });
  const ended = new AbortController();
  const signals = AbortSignal.any([signal, ended.signal]);
  try {
    child.send(request, () => undefined);
    const [reply] = (await Promise.race([
      once(child, "message", { signal: signals }),
      once(child, "exit", { signal: signals }).then(([code]) => [{ error: `it ended with ${code}` }]),
    ])) as [MapReply];
    if (reply.map !== undefined) return reply.map;
    throw new AppError("internal", `the process that draws the map failed: ${reply.error}`);
  } finally {
    ended.abort();
    child.on("error", () => undefined);
    child.kill("SIGKILL");
  }
}
