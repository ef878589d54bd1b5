import { linkedAbort } from "../util/abort.ts";
import { type ChatMessage, type ChatModel, ModelError } from "./chat-model.ts";

/** UTF-16 code units past which a short text has got out of hand. */
const MOST = 4000;

/**
 * The whole text of a short answer, trimmed. Stops reading where it becomes far too long.
 * @throws ModelError; the reason of `signal` when that fired
 */
export async function complete(
  model: ChatModel,
  messages: readonly ChatMessage[],
  signal?: AbortSignal,
): Promise<string> {
  let text = "";
  for await (const delta of model.stream(messages, signal)) {
    text = delta.withdrawn === true ? delta.text : text + delta.text;
    if (text.length > MOST) break;
  }
  return text.trim();
}

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
