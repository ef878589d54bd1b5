import { linkedAbort } from "../util/abort.ts";
import { ModelError } from "./model-error.ts";

/**
 * `work`, stopped after `ms`.
 * @throws ModelError when it was; the reason of `signal` when that fired
 */
export async function withinTime<Value>(
  ms: number,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const stop = linkedAbort(signal);
  const timer = setTimeout(() => stop.abort(new ModelError("late", { detail: `${ms} ms` })), ms);
  try {
    return await work(stop.signal);
  } finally {
    clearTimeout(timer);
    stop.release();
  }
}
