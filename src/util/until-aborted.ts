/**
 * Waits for `work`, but no longer than until `signal` aborts: for work that ignores the signal or cannot be stopped
 * half-way, such as loading a model.
 * @throws the signal's reason, or what `work` throws
 */
export async function untilAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  signal.throwIfAborted();
  let stop = () => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
