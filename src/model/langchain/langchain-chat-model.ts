/** Adapter: any chat model that LangChain's `initChatModel` knows. Imported only when a language model is configured. */
import { HumanMessage, SystemMessage } from "@langchain/core/messages";
import { initChatModel } from "langchain/chat_models/universal";
import { AppError } from "../../errors.ts";
import {
  type ChatMessage,
  type ChatModel,
  type ModelDelta,
  ModelError,
  type ReadingLimits,
  readingLimits,
} from "../chat-model.ts";
import { DeltaReader } from "./delta-reader.ts";
import { streamFault } from "./faults.ts";
import { ObservedFetch } from "./observed-fetch.ts";
import { type LanguageModelOptions, providerFields, takesFetch } from "./provider-fields.ts";
import type { LoneThoughts } from "./reasoning-filter.ts";
import { RequestForm } from "./request-form.ts";
import { usualEvents } from "./usual-events.ts";
import { EMPTY_LINE, LINE_END } from "./whole-events.ts";

/** Models that think before they answer, by their names; of those that say so by a tag or apart nothing is held back. */
const THINKS = /deepseek-?r1|\br1\b|qwq|thinking|reasoner|reasoning|magistral/i;
/** Of a window that turned out too small: for the answer. */
const ANSWER_SHARE = 0.4;

export class LangChainChatModel implements ChatModel {
  readonly name: string;
  readonly #options: LanguageModelOptions;
  readonly #limits: ReadingLimits;
  readonly #form = new RequestForm();
  #loneThoughts: LoneThoughts;

  /**
   * Checks that the provider is known and its package installed; contacts nobody.
   * @throws AppError (config) with one line that names the fix
   */
  static async load(options: LanguageModelOptions): Promise<LangChainChatModel> {
    try {
      await client(options, globalThis.fetch);
    } catch (error) {
      throw new AppError("config", `LLM="${options.name}": ${fix(error, options)}`);
    }
    return new LangChainChatModel(options);
  }

  private constructor(options: LanguageModelOptions) {
    this.name = options.name;
    this.#options = options;
    this.#limits = readingLimits(options.maxTokens);
    this.#loneThoughts = THINKS.test(options.model) ? "always" : "unknown";
  }

  async *stream(messages: readonly ChatMessage[], signal?: AbortSignal): AsyncGenerator<ModelDelta, void> {
    signal?.throwIfAborted();
    const { apiKey: secret, provider } = this.#options;
    const isOllama = provider === "ollama";
    const watched = new ObservedFetch({
      secret,
      ends: isOllama ? LINE_END : EMPTY_LINE,
      limits: this.#limits,
      form: this.#form,
      ...(isOllama ? {} : { events: usualEvents }),
    });
    const close = (): void => watched.close();
    signal?.addEventListener("abort", close, { once: true });
    const reader = new DeltaReader(this.#loneThoughts);
    try {
      for await (const message of await this.#messages(messages, watched, signal)) {
        yield reader.take(message);
        if (reader.length > this.#limits.said) throw new ModelError("too-much");
      }
      yield reader.end();
      this.#loneThoughts = reader.learnt;
      // An end without a reason is a connection that was closed: the clients take it for the end of the answer.
      const isWhole = reader.finished || (watched.ended && reader.hasText);
      if (takesFetch(provider) && !isWhole && !signal?.aborted) {
        throw new ModelError(reader.hasText ? "broken-off" : "empty");
      }
    } catch (error) {
      signal?.throwIfAborted();
      const fault = watched.error ?? streamFault(error, secret);
      const { contextTokens } = fault.window;
      if (contextTokens !== undefined) this.#form.limitTo(Math.floor(ANSWER_SHARE * contextTokens));
      if (fault.fault !== "too-much" || !reader.hasText) throw fault;
      yield { text: "", finish: "length" };
    } finally {
      signal?.removeEventListener("abort", close);
      close();
    }
    signal?.throwIfAborted();
  }

  async #messages(
    messages: readonly ChatMessage[],
    { fetch }: ObservedFetch,
    signal: AbortSignal | undefined,
  ): Promise<AsyncIterable<unknown>> {
    // A client of its own for each request: its fetch then belongs to the request (40 µs).
    const model = await client(this.#options, fetch);
    const own = takesFetch(this.#options.provider) || signal === undefined;
    return model.stream(messages.map(toMessage), own ? {} : { signal });
  }
}

function client(options: LanguageModelOptions, fetch: typeof globalThis.fetch) {
  return initChatModel(options.model, {
    modelProvider: options.provider,
    ...providerFields(options, fetch),
  });
}

function toMessage({ role, content }: ChatMessage) {
  return role === "system" ? new SystemMessage(content) : new HumanMessage(content);
}

/** LangChain's words for what is missing, as one sentence with the fix. */
function fix(error: unknown, { provider, apiKey }: LanguageModelOptions): string {
  const message = error instanceof Error ? error.message : String(error);
  const missing = /npm install (\S+?)`/.exec(message)?.[1];
  if (missing !== undefined) return `needs the package ${missing}: npm install ${missing}`;
  const known = /Supported model providers are: (.+)/.exec(message)?.[1];
  if (known !== undefined) return `there is no provider "${provider}"; LangChain knows ${known}`;
  const line = message.replace(/\s+/g, " ").trim();
  return apiKey === undefined ? line : line.replaceAll(apiKey, "…");
}
