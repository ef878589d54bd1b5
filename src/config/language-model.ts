/** The variables of language models, and what they make together. */
import { z } from "zod";

/** Providers whose settings Footnote knows by name; any other one of LangChain's gets the common ones. */
export type KnownProvider = "openai" | "anthropic" | "ollama";

export interface LanguageModelConfig {
  /** As in `LLM`: "openai:gpt-4o-mini". */
  readonly name: string;
  /** LangChain's name of the provider. */
  readonly provider: string;
  readonly model: string;
  /** Absent: none is needed, or the provider's package finds its own. Never logged, never shown. */
  readonly apiKey: string | undefined;
  /** Absent: the provider's own address. */
  readonly baseUrl: string | undefined;
  /** Absent: the provider's own; some models accept no other. */
  readonly temperature: number | undefined;
  /** Tokens of an answer at most, in [1, 1,000,000]; a model that reasons spends them on that too. */
  readonly maxTokens: number;
  /** Tokens of prompt and answer together, in [1024, 10,000,000]. */
  readonly contextTokens: number;
  /**
   * Milliseconds to the first token, retries included, and from each token to the next; in [1, 300,000], where an answer
   * ends at the latest.
   */
  readonly timeoutMs: number;
  /** Whether tracing to outside services that the environment asks for is let through. */
  readonly tracing: boolean;
}

const PROVIDER_MODEL = /^([a-z][a-z0-9_-]*):(\S+)$/;
const LLM_FORM = "takes extractive or provider:model, such as openai:gpt-4o-mini or ollama:llama3.2";
/** The models of `LLM`: the first answers where none is chosen. */
const namesIn = (value: string): string[] => value.split(",").map((name) => name.trim());
const between = (min: number, max: number) => {
  const form = `takes a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, form)
    .transform(Number)
    .refine((n) => n >= min && n <= max, form);
};
const temperature = z
  .string()
  .regex(/^\d(\.\d+)?$/, "takes a number from 0 to 2")
  .transform(Number)
  .refine((n) => n <= 2, "takes a number from 0 to 2");
const address = z.url({ protocol: /^https?$/, error: "takes an http:// or https:// address" });

/** Members of the schema of the environment. */
export const LANGUAGE_MODEL_VARIABLES = {
  LLM: z
    .string()
    .refine(
      (value) => value === "extractive" || namesIn(value).every((name) => PROVIDER_MODEL.test(name)),
      LLM_FORM,
    )
    .refine(
      (value) => new Set(namesIn(value)).size === namesIn(value).length,
      "names a model twice: leave one out",
    )
    .default("extractive"),
  LLM_TEMPERATURE: temperature.optional(),
  LLM_MAX_TOKENS: between(1, 1_000_000).default(2048),
  LLM_CONTEXT_TOKENS: between(1024, 10_000_000).default(8192),
  LLM_TIMEOUT_MS: between(1, 300_000).default(30_000),
  OPENAI_API_KEY: z.string().optional(),
  OPENAI_BASE_URL: address.optional(),
  ANTHROPIC_API_KEY: z.string().optional(),
  ANTHROPIC_BASE_URL: address.optional(),
  OLLAMA_BASE_URL: address.optional(),
  FOOTNOTE_TRACING: z
    .enum(["true", "false", "1", "0"], "takes true or false")
    .transform((value) => value === "true" || value === "1")
    .default(false),
};

const Variables = z.object(LANGUAGE_MODEL_VARIABLES);
type Variables = z.infer<typeof Variables>;

/**
 * The language models that the variables name, the default first; none for `extractive`.
 * @param given every variable as text, for the key of a provider that has no variable of its own here
 */
export function languageModelsOf(
  variables: Variables,
  given: Readonly<Record<string, string | undefined>>,
): readonly LanguageModelConfig[] {
  return namesIn(variables.LLM).flatMap((name) => {
    const [, provider, model] = PROVIDER_MODEL.exec(name) ?? [];
    if (provider === undefined || model === undefined) return [];
    return Object.freeze({
      name,
      provider,
      model,
      ...access(provider, variables, given),
      temperature: variables.LLM_TEMPERATURE,
      maxTokens: variables.LLM_MAX_TOKENS,
      contextTokens: variables.LLM_CONTEXT_TOKENS,
      timeoutMs: variables.LLM_TIMEOUT_MS,
      tracing: variables.FOOTNOTE_TRACING,
    });
  });
}

/** What keeps the named model from being called at all, as one sentence; undefined when nothing does. */
export function missingAccess({ apiKey, baseUrl, provider }: LanguageModelConfig): string | undefined {
  if (apiKey !== undefined || baseUrl !== undefined) return undefined;
  if (provider === "openai") return "needs OPENAI_API_KEY, or OPENAI_BASE_URL for a server without keys";
  if (provider === "anthropic") return "needs ANTHROPIC_API_KEY";
  return undefined;
}

/** The variable of a provider's key or address; of the address only known ones have one. */
export function variableOf(provider: string, what: "API_KEY" | "BASE_URL"): string {
  return `${provider.toUpperCase().replaceAll("-", "_")}_${what}`;
}

function access(
  provider: string,
  variables: Variables,
  given: Readonly<Record<string, string | undefined>>,
): Pick<LanguageModelConfig, "apiKey" | "baseUrl"> {
  switch (provider as KnownProvider) {
    case "openai":
      return { apiKey: variables.OPENAI_API_KEY, baseUrl: variables.OPENAI_BASE_URL };
    case "anthropic":
      return { apiKey: variables.ANTHROPIC_API_KEY, baseUrl: variables.ANTHROPIC_BASE_URL };
    case "ollama":
      return { apiKey: undefined, baseUrl: variables.OLLAMA_BASE_URL };
    default:
      return { apiKey: given[variableOf(provider, "API_KEY")], baseUrl: undefined };
  }
}
