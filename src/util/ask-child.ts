import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { anySignal } from "./any-signal.ts";

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
