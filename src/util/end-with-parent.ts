/** Processes that work for another, and have nothing to do once that is gone. */
import { Worker } from "node:worker_threads";
import { WATCHED_STDIO } from "./watched-stdio.ts";

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
