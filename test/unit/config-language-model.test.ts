import { describe, expect, it } from "vitest";
import { type Config, loadConfig } from "../../src/config.ts";

const load = (variables: Record<string, string>): Config => loadConfig(variables, "/nonexistent");

describe("the variables of language models", () => {
  it("name none by default, whatever keys are set", () => {
    const config = load({ OPENAI_API_KEY: "k", ANTHROPIC_API_KEY: "k" });
    expect(config).toMatchObject({ llm: "extractive", languageModel: undefined });
  });

  it("give provider and model, cut at the first colon", () => {
    const { llm, languageModel } = load({
      LLM: "ollama:llama3.2:3b-instruct",
      OLLAMA_BASE_URL: "http://gpu:11434",
    });
    expect(llm).toBe("ollama:llama3.2:3b-instruct");
    expect(languageModel).toEqual({
      name: "ollama:llama3.2:3b-instruct",
      provider: "ollama",
      model: "llama3.2:3b-instruct",
      apiKey: undefined,
      baseUrl: "http://gpu:11434",
      temperature: undefined,
      maxTokens: 2048,
      contextTokens: 8192,
      timeoutMs: 30_000,
      tracing: false,
    });
  });

  it("give each provider its own key, and another one the key of its name", () => {
    const keys = {
      OPENAI_API_KEY: "o",
      ANTHROPIC_API_KEY: "a",
      GROQ_API_KEY: "g",
      GOOGLE_GENAI_API_KEY: "gg",
    };
    const key = (LLM: string) => load({ ...keys, LLM }).languageModel?.apiKey;
    expect([
      key("openai:m"),
      key("anthropic:m"),
      key("groq:m"),
      key("google-genai:m"),
      key("ollama:m"),
    ]).toEqual(["o", "a", "g", "gg", undefined]);
  });

  it.each([
    [{ LLM: "gpt-4o" }, 'LLM="gpt-4o": takes extractive or provider:model'],
    [{ LLM: "openai:" }, 'LLM="openai:": takes extractive or provider:model'],
    [{ LLM: ":gpt-4o" }, 'LLM=":gpt-4o": takes extractive or provider:model'],
    [{ LLM: "openai:gpt 4o" }, 'LLM="openai:gpt 4o": takes extractive or provider:model'],
    [{ LLM: "openai:m" }, 'LLM="openai:m": needs OPENAI_API_KEY, or OPENAI_BASE_URL'],
    [{ LLM: "anthropic:m" }, 'LLM="anthropic:m": needs ANTHROPIC_API_KEY'],
    [{ LLM_TEMPERATURE: "hot" }, 'LLM_TEMPERATURE="hot": takes a number from 0 to 2'],
    [{ LLM_TEMPERATURE: "2.1" }, 'LLM_TEMPERATURE="2.1": takes a number from 0 to 2'],
    [{ LLM_MAX_TOKENS: "0" }, 'LLM_MAX_TOKENS="0": takes a whole number from 1 to 1000000'],
    [{ LLM_TIMEOUT_MS: "1e9" }, 'LLM_TIMEOUT_MS="1e9": takes a whole number from 1 to'],
    [{ LLM_CONTEXT_TOKENS: "8" }, 'LLM_CONTEXT_TOKENS="8": takes a whole number from 1024'],
    [
      { OPENAI_BASE_URL: "localhost:8080" },
      'OPENAI_BASE_URL="localhost:8080": takes an http:// or https:// address',
    ],
    [{ FOOTNOTE_TRACING: "maybe" }, 'FOOTNOTE_TRACING="maybe": takes true or false'],
  ])("refuses %o in one line", (variables, message) => {
    expect(() => load(variables)).toThrow(message);
  });
});
