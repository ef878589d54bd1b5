import type { ChatModel } from "../chat-model.ts";
import type { LanguageModelOptions } from "./provider-fields.ts";

/** As it is, without retries and time limits. @throws AppError (config) for a provider unknown or not installed */
export async function loadChatModel(options: LanguageModelOptions): Promise<ChatModel> {
  if (!options.tracing) quietEnvironment();
  // Imported now and not before: LangChain takes 0.3 s and 40 MB, and who has no model needs none of it.
  const { LangChainChatModel } = await import("./langchain-chat-model.ts");
  return LangChainChatModel.load(options);
}

/**
 * What LangChain looks for in the environment at every call: tracing, which sends questions and papers to LangSmith;
 * its gateway, which sends whole requests there; and a debug mode that prints prompts on standard output.
 */
const VARIABLES = [
  "LANGSMITH_TRACING",
  "LANGSMITH_TRACING_V2",
  "LANGCHAIN_TRACING",
  "LANGCHAIN_TRACING_V2",
  "LANGSMITH_GATEWAY",
  "LANGCHAIN_VERBOSE",
];

/** Takes them out of this process. LangChain has no other switch that wins over the environment. */
function quietEnvironment(environment: NodeJS.ProcessEnv = process.env): void {
  for (const name of VARIABLES) delete environment[name];
}
