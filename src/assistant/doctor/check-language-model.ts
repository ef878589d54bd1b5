import { type LanguageModelConfig, variableOf } from "../../config/language-model.ts";
import { type ChatModel, ModelError, type ModelFault } from "../../model/chat-model.ts";
import { withinTime } from "../../model/complete.ts";
import { loadChatModel } from "../../model/langchain/load-chat-model.ts";
import { ADDRESS } from "../../model/langchain/provider-fields.ts";
import { modelList } from "../../model/model-list.ts";
import type { Finding } from "./finding.ts";

/** Milliseconds that a server has to tell its models: it only looks them up. */
const LIST_MS = 10_000;
/** Tokens of the answer to the one short question: it is read to its first. Some models refuse fewer. */
const FEW_TOKENS = 16;
/** Models that are named to who has set another. */
const MOST_NAMED = 8;

/**
 * Asks the model's server whether it has the model; one that has no list of them, or none with this one in it, is
 * asked a word. No paper and no question goes there.
 * @throws AppError for a provider that is unknown or not installed; the reason of `signal` when that fired
 */
export async function checkLanguageModel(
  model: LanguageModelConfig,
  signal: AbortSignal | undefined,
): Promise<Finding> {
  const check = "language-model";
  const subject = `LLM=${model.name} at ${placeOf(model)}`;
  const chat = await loadChatModel({ ...model, maxTokens: FEW_TOKENS });
  let named: readonly string[] = [];
  try {
    const limit = Math.min(LIST_MS, model.timeoutMs);
    const list = await withinTime(limit, signal, (stop) => modelList(model, stop));
    if (list?.hasModel) return { check, state: "ok", message: `${subject}: the server has this model` };
    named = list?.models ?? [];
    await withinTime(model.timeoutMs, signal, (stop) => greet(chat, stop));
    return { check, state: "ok", message: `${subject}: the model answers` };
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    const message = `${subject}: ${error.message}: ${fix(error.fault, model, named)}`;
    return { check, state: "problem", message };
  }
}

/** Until a first word or an end: a client may give deltas of its own before the server has said anything. */
async function greet(chat: ChatModel, signal: AbortSignal): Promise<void> {
  for await (const { text, finish } of chat.stream([{ role: "user", content: "Hello" }], signal)) {
    if (text !== "" || finish !== undefined) return;
  }
}

function placeOf(model: LanguageModelConfig): string {
  return addressOf(model) ?? `the usual address of ${model.provider}`;
}

/** Without a name or password that stands in it; undefined where only the provider's package knows it. */
function addressOf({ provider, baseUrl }: LanguageModelConfig): string | undefined {
  const address = baseUrl ?? ADDRESS[provider as keyof typeof ADDRESS];
  if (address === undefined) return undefined;
  const { origin, pathname } = new URL(address);
  return origin + pathname.replace(/\/+$/, "");
}

function fix(fault: ModelFault, model: LanguageModelConfig, named: readonly string[]): string {
  const { provider } = model;
  switch (fault) {
    case "refused":
    case "unreachable":
    case "unknown-host":
      return addressOf(model) === undefined
        ? "see whether this machine reaches it"
        : `start the server, or correct ${variableOf(provider, "BASE_URL")}`;
    case "unknown-path":
    case "empty":
    case "unreadable":
      return addressMend(model);
    case "key-refused":
      return provider === "ollama"
        ? "let this machine in there"
        : `correct ${variableOf(provider, "API_KEY")}`;
    case "unknown-model":
      return modelMend(model, named);
    case "late":
      return "see what keeps the server, or raise LLM_TIMEOUT_MS";
    default:
      return "see what the server's log says, or take another LLM";
  }
}

function modelMend({ provider, model }: LanguageModelConfig, named: readonly string[]): string {
  const more = named.length - MOST_NAMED;
  const others = named.slice(0, MOST_NAMED).join(", ") + (more > 0 ? ` and ${more} more` : "");
  const has = named.length === 0 ? "" : `, or set LLM to one that it has: ${others}`;
  return provider === "ollama" ? `ollama pull ${model}${has}` : `correct LLM${has}`;
}

/** Clients of OpenAI's protocol take an address with its /v1, the others add their paths themselves. */
function addressMend(model: LanguageModelConfig): string {
  const { provider } = model;
  const address = addressOf(model);
  if (address === undefined) return "see whether another program answers in its place";
  const variable = variableOf(provider, "BASE_URL");
  const better =
    provider === "openai"
      ? `${address.replace(/\/v1(\/.*)?$/, "")}/v1`
      : address.replace(/\/(v1|api)(\/.*)?$/, "");
  return better === address ? `correct ${variable}` : `try ${variable}=${better}`;
}
