import type { ChatModel } from "../model/chat-model.ts";
import type { LanguageModelOptions } from "../model/langchain/provider-fields.ts";
import { quietEnvironment } from "../model/langchain/quiet-environment.ts";

/** As it is, without retries and time limits. @throws AppError (config) for a provider unknown or not installed */
export async function loadChatModel(options: LanguageModelOptions): Promise<ChatModel> {
  if (!options.tracing) quietEnvironment();
  // Imported now and not before: LangChain takes 0.3 s and 40 MB, and who has no model needs none of it.
  const { LangChainChatModel } = await import("../model/langchain/langchain-chat-model.ts");
  return LangChainChatModel.load(options);
}
