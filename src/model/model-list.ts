/** Whether a model's server has the model, asked of its list: that costs nothing, and loads nothing there. */
import { z } from "zod";
import { ModelError, type ModelFault } from "./chat-model.ts";
import { ObservedFetch } from "./langchain/observed-fetch.ts";
import { ADDRESS, type LanguageModelOptions } from "./langchain/provider-fields.ts";

/** Bytes of a list at most; those of providers with hundreds of models have one million. */
const MOST_BYTES = 8_000_000;

export interface ModelList {
  /** As the server names them. */
  readonly models: readonly string[];
  readonly hasModel: boolean;
}

type ListedProvider = keyof typeof ADDRESS;

interface ListForm {
  path(model: string): string;
  headers(apiKey: string): Record<string, string>;
  /** Throws for what is no list. */
  read(body: unknown, model: string): ModelList;
}

const OpenAiList = z.object({ data: z.array(z.object({ id: z.string() })) });
const AnthropicModel = z.object({ type: z.literal("model"), id: z.string() });
const OllamaList = z.object({ models: z.array(z.object({ name: z.string() })) });

const FORMS: Record<ListedProvider, ListForm> = {
  openai: {
    path: () => "/models",
    headers: (apiKey) => ({ authorization: `Bearer ${apiKey}` }),
    read: (body, model) =>
      listOf(
        OpenAiList.parse(body).data.map(({ id }) => id),
        model,
      ),
  },
  // Its list has no aliases, such as claude-sonnet-4-5; asked for one model it knows them.
  anthropic: {
    path: (model) => `/v1/models/${encodeURIComponent(model)}`,
    headers: (apiKey) => ({ "x-api-key": apiKey, "anthropic-version": "2023-06-01" }),
    read: (body) => ({ models: [AnthropicModel.parse(body).id], hasModel: true }),
  },
  ollama: {
    path: () => "/api/tags",
    headers: () => ({}),
    read: (body, model) =>
      listOf(
        OllamaList.parse(body).models.map(({ name }) => name),
        model.includes(":") ? model : `${model}:latest`,
      ),
  },
};

const listOf = (models: readonly string[], model: string): ModelList => ({
  models,
  hasModel: models.includes(model),
});

/** What a server answers that has no list, beside what is no list. */
const LISTLESS: ReadonlySet<ModelFault> = new Set([
  "unknown-path",
  "unknown-model",
  "bad-request",
  "too-much",
]);

/**
 * @returns undefined where the server has no such list, or its provider none that is known here
 * @throws ModelError for a server that cannot be used at all; the reason of `signal` when that fired
 */
export async function modelList(
  { provider, model, apiKey, baseUrl }: LanguageModelOptions,
  signal: AbortSignal,
): Promise<ModelList | undefined> {
  if (!isListed(provider)) return undefined;
  const form = FORMS[provider];
  const limits = { event: MOST_BYTES, response: MOST_BYTES };
  const watched = new ObservedFetch({ secret: apiKey, ends: [], limits });
  const close = (): void => watched.close();
  signal.addEventListener("abort", close, { once: true });
  try {
    const address = (baseUrl ?? ADDRESS[provider]).replace(/\/+$/, "") + form.path(model);
    const response = await watched.fetch(address, {
      headers: apiKey === undefined ? {} : form.headers(apiKey),
    });
    return form.read(JSON.parse(await response.text()), model);
  } catch (error) {
    signal.throwIfAborted();
    // Not every server that speaks a protocol has its lists; whether it has the model, a question tells.
    if (!(error instanceof ModelError) || LISTLESS.has(error.fault)) return undefined;
    throw error;
  } finally {
    signal.removeEventListener("abort", close);
    close();
  }
}

function isListed(provider: string): provider is ListedProvider {
  return provider in FORMS;
}
