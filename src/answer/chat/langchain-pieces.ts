import { BaseChatModel } from "@langchain/core/language_models/chat_models";
import type { BaseMessage } from "@langchain/core/messages";
import type { ModelPiece } from "./message-delta.ts";

interface Options {
  readonly provider: string;
  /** Whether LangChain's tracing is let through: it hangs on `stream` alone. */
  readonly traced: boolean;
  readonly signal?: AbortSignal | undefined;
}

/**
 * What a model of LangChain streams, as its provider's class makes it. `stream` would lead every token through two web
 * streams, a storage of contexts and a message that grows for the tracer: half of what a token costs. Of what is left,
 * an event costs a fifth less than a chunk, each of which is a whole message; but what Anthropic's and Ollama's
 * classes make of theirs tells of no refusal, and no end that came early, while those of OpenAI's hold its own word.
 */
export function modelPieces(
  model: BaseChatModel,
  messages: BaseMessage[],
  { provider, traced, signal }: Options,
): AsyncIterable<ModelPiece> {
  const options = signal === undefined ? {} : { signal };
  const streams = model._streamResponseChunks !== BaseChatModel.prototype._streamResponseChunks;
  if (traced || !streams) return streamed(() => model.stream(messages, options));
  if (provider === "openai") return model._streamChatModelEvents(messages, options);
  return model._streamResponseChunks(messages, options);
}

async function* streamed(stream: () => Promise<AsyncIterable<unknown>>): AsyncGenerator<ModelPiece, void> {
  for await (const message of await stream()) yield { message };
}
