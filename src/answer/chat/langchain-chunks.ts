import { BaseChatModel } from "@langchain/core/language_models/chat_models";
import type { BaseMessage } from "@langchain/core/messages";
import type { ModelChunk } from "./message-delta.ts";

interface Options {
  /** Whether LangChain's tracing is let through: it hangs on `stream` alone. */
  readonly traced: boolean;
  readonly signal?: AbortSignal | undefined;
}

/**
 * What a model of LangChain streams, as its provider's class makes it. `stream` would lead every token through two web
 * streams, a storage of contexts and a message that grows for the tracer: half of what a token costs.
 */
export function modelChunks(
  model: BaseChatModel,
  messages: BaseMessage[],
  { traced, signal }: Options,
): AsyncIterable<ModelChunk> {
  const options = signal === undefined ? {} : { signal };
  const streams = model._streamResponseChunks !== BaseChatModel.prototype._streamResponseChunks;
  if (!traced && streams) return model._streamResponseChunks(messages, options);
  return streamed(() => model.stream(messages, options));
}

async function* streamed(stream: () => Promise<AsyncIterable<unknown>>): AsyncGenerator<ModelChunk, void> {
  for await (const message of await stream()) yield { message };
}
