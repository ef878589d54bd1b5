/** Adapter: any chat model that LangChain's `initChatModel` knows. Imported only when a language model is configured. */
import { HumanMessage, SystemMessage } from "@langchain/core/messages";
import { initChatModel } from "langchain/chat_models/universal";
import { AppError } from "../../errors.ts";
import type { ChatMessage, ChatModel, ModelDelta } from "./chat-model.ts";
import { DeltaReader } from "./delta-reader.ts";
import { modelPieces } from "./langchain-pieces.ts";
import type { ModelPiece } from "./message-delta.ts";
import { ModelError } from "./model-error.ts";
import { type LanguageModelOptions, providerFields, takesFetch } from "./provider-fields.ts";
import { type ReadingLimits, readingLimits } from "./reading-limits.ts";
import { streamFault } from "./stream-fault.ts";
import { WatchedFetch } from "./watched-fetch.ts";
import { EMPTY_LINE, LINE_END } from "./whole-events.ts";

export class LangChainChatModel implements ChatModel {
  readonly name: string;
  readonly #options: LanguageModelOptions;
  readonly #limits: ReadingLimits;

  /**
   * Checks that the provider is known and its package installed; contacts nobody.
   * @throws AppError (internal) with one line that names the mend
   */
  static async load(options: LanguageModelOptions): Promise<LangChainChatModel> {
    try {
      await client(options, globalThis.fetch);
    } catch (error) {
      throw new AppError("internal", `LLM="${options.name}": ${mend(error, options)}`);
    }
    return new LangChainChatModel(options);
  }

  private constructor(options: LanguageModelOptions) {
    this.name = options.name;
    this.#options = options;
    this.#limits = readingLimits(options.maxTokens);
  }

  async *stream(messages: readonly ChatMessage[], signal?: AbortSignal): AsyncGenerator<ModelDelta, void> {
    signal?.throwIfAborted();
    const { apiKey: secret, provider } = this.#options;
    const ends = provider === "ollama" ? LINE_END : EMPTY_LINE;
    const watched = new WatchedFetch({ secret, ends, limits: this.#limits });
    const close = (): void => watched.close();
    signal?.addEventListener("abort", close, { once: true });
    const reader = new DeltaReader();
    try {
      for await (const piece of await this.#pieces(messages, watched, signal)) {
        yield reader.take(piece);
        if (reader.length > this.#limits.said) throw new ModelError("too-much");
      }
      const rest = reader.end();
      if (rest !== "") yield { text: rest };
      // An end without a reason is a connection that was closed: the clients take it for the end of the answer.
      if (takesFetch(provider) && !reader.finished && !signal?.aborted) {
        throw new ModelError(reader.hasText ? "broken-off" : "empty");
      }
    } catch (error) {
      signal?.throwIfAborted();
      const fault = watched.error ?? streamFault(error, secret);
      if (fault.fault !== "too-much" || !reader.hasText) throw fault;
      yield { text: "", finish: "length" };
    } finally {
      signal?.removeEventListener("abort", close);
      close();
    }
    signal?.throwIfAborted();
  }

  async #pieces(
    messages: readonly ChatMessage[],
    { fetch }: WatchedFetch,
    signal: AbortSignal | undefined,
  ): Promise<AsyncIterable<ModelPiece>> {
    // A client of its own for each request: its fetch then belongs to the request (40 µs).
    const model = await client(this.#options, fetch);
    return modelPieces(model, messages.map(toMessage), {
      provider: this.#options.provider,
      traced: this.#options.tracing,
      signal: takesFetch(this.#options.provider) ? undefined : signal,
    });
  }
}

async function client(options: LanguageModelOptions, fetch: typeof globalThis.fetch) {
  const configurable = await initChatModel(options.model, {
    modelProvider: options.provider,
    ...providerFields(options, fetch),
  });
  return configurable._getModelInstance();
}

function toMessage({ role, content }: ChatMessage) {
  return role === "system" ? new SystemMessage(content) : new HumanMessage(content);
}

/** LangChain's words for what is missing, as one sentence with the mend. */
function mend(error: unknown, { provider, apiKey }: LanguageModelOptions): string {
  const message = error instanceof Error ? error.message : String(error);
  const missing = /npm install (\S+?)`/.exec(message)?.[1];
  if (missing !== undefined) return `needs the package ${missing}: npm install ${missing}`;
  const known = /Supported model providers are: (.+)/.exec(message)?.[1];
  if (known !== undefined) return `there is no provider "${provider}"; LangChain knows ${known}`;
  const line = message.replace(/\s+/g, " ").trim();
  return apiKey === undefined ? line : line.replaceAll(apiKey, "…");
}
