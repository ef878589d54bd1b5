import { BaseChatModel } from "@langchain/core/language_models/chat_models";
import type { BaseMessage } from "@langchain/core/messages";

interface Options {
  /** Whether LangChain's tracing is let through: it hangs on `stream` alone. */
  readonly traced: boolean;
  readonly signal?: AbortSignal | undefined;
}

/**
 * What a model of LangChain streams, as its provider's class makes it. `stream` would lead every token through two web
 * streams, a storage of contexts and a message that grows for the tracer: half of what a token costs.
 */
export async function* modelChunks(
  model: BaseChatModel,
  messages: BaseMessage[],
  { traced, signal }: Options,
): AsyncGenerator<unknown, void> {
  const options = signal === undefined ? {} : { signal };
  const streams = model._streamResponseChunks !== BaseChatModel.prototype._streamResponseChunks;
  if (traced || !streams) return yield* await model.stream(messages, options);
  for await (const { message, generationInfo } of model._streamResponseChunks(messages, options)) {
    yield { ...message, response_metadata: { ...generationInfo, ...message.response_metadata } };
  }
}
