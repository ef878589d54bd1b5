import { setImmediate } from "node:timers/promises";

/** Lets waiting requests through between two pieces of heavy work. @throws DOMException AbortError when aborted */
export async function nextTurn(signal?: AbortSignal): Promise<void> {
  await setImmediate();
  signal?.throwIfAborted();
}
