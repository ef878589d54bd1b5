/** What the constructors of LangChain's chat models take, by provider. */

export interface LanguageModelOptions {
  /** "provider:model". */
  readonly name: string;
  /** LangChain's name of the provider. */
  readonly provider: string;
  readonly model: string;
  readonly apiKey: string | undefined;
  readonly baseUrl: string | undefined;
  readonly temperature: number | undefined;
  /** Tokens of an answer at most. */
  readonly maxTokens: number;
  /** Tokens of prompt and answer together. */
  readonly contextTokens: number;
  /** Whether tracing to outside services that the environment asks for is let through. */
  readonly tracing: boolean;
}

// Given even where they are the default: without one the clients would look into the environment, and LangChain would
// send everything through LangSmith's gateway when LANGSMITH_GATEWAY is set.
export const ADDRESS = {
  openai: "https://api.openai.com/v1",
  anthropic: "https://api.anthropic.com",
  ollama: "http://127.0.0.1:11434",
};
/** The client insists on a key; servers without keys (llama.cpp, vLLM, LM Studio) do not look at it. */
const NO_KEY = "none";

/**
 * Keys and addresses are given, not read from the environment by the libraries; retries and time limits are ours; the
 * clients' own logs, which hold whole requests, are off.
 * @param fetch carries every request of a provider that takes one
 */
export function providerFields(
  options: LanguageModelOptions,
  fetch: typeof globalThis.fetch,
): Record<string, unknown> {
  const { provider, apiKey, baseUrl, temperature, maxTokens } = options;
  const common = { maxRetries: 0, ...(temperature === undefined ? {} : { temperature }) };
  const quiet = { fetch, logLevel: "off" };
  switch (provider) {
    case "openai": {
      const configuration = { ...quiet, baseURL: baseUrl ?? ADDRESS.openai };
      return { ...common, maxTokens, streamUsage: true, apiKey: apiKey ?? NO_KEY, configuration };
    }
    case "anthropic": {
      const anthropicApiUrl = baseUrl ?? ADDRESS.anthropic;
      return { ...common, maxTokens, apiKey: apiKey ?? NO_KEY, anthropicApiUrl, clientOptions: quiet };
    }
    case "ollama":
      // Ollama cuts a prompt to its own default window, from the front, without a word: tell it the window.
      return {
        ...common,
        baseUrl: baseUrl ?? ADDRESS.ollama,
        fetch,
        numPredict: maxTokens,
        numCtx: options.contextTokens,
      };
    default:
      return { ...common, maxTokens, ...(apiKey === undefined ? {} : { apiKey }) };
  }
}

/** Whether `fetch` reaches the provider's client; for another one LangChain's own signal has to end a request. */
export function takesFetch(provider: string): boolean {
  return provider in ADDRESS;
}
