import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { anySignal } from "./abort.ts";

/**
 * `stdio` of a process that is forked and is to end with this one: standard output belongs to the command that runs; the
 * pipe carries nothing, the system closes it when this process ends in whatever way.
 */
export const WATCHED_STDIO = ["ignore", "ignore", "inherit", "ipc", "pipe"] as const;

/**
 * Ends this process in the moment in which its parent does, also in the middle of a computation that lets no event
 * through: a thread of its own waits for the pipe to close. The parent is to have forked it with `WATCHED_STDIO`.
 */
export function endWithParent(): void {
  // Where the thread cannot be had, the end of the channel is noticed between two pieces of work.
  process.on("disconnect", () => process.exit());
  const workerData = { fd: WATCHED_STDIO.indexOf("pipe") };
  const watch = new Worker(new URL("./parent-watch.js", import.meta.url), { workerData });
  watch.on("error", () => undefined);
  watch.unref();
}

/**
 * Sends a request to a child process that answers each with one message, and waits for that.
 * @throws Error when it has ended, or ends instead of answering; the signal's reason
 */
export async function askChild<Reply>(
  child: ChildProcess,
  request: object,
  signal: AbortSignal | undefined,
): Promise<Reply> {
  signal?.throwIfAborted();
  if (!child.connected) throw new Error("it has ended");
  const done = new AbortController();
  const signals = { signal: anySignal(done.signal, signal) };
  const ended = once(child, "exit", signals).then(([code]) => {
    throw new Error(`it ended with ${code}`);
  });
  child.send(request, () => undefined);
  try {
    const [reply] = await Promise.race([once(child, "message", signals), ended]);
    return reply as Reply;
  } finally {
    done.abort();
    ended.catch(() => undefined);
  }
}
