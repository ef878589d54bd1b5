import type { ChatModel } from "../answer/chat/chat-model.ts";
import type { LanguageModelOptions } from "../answer/chat/provider-fields.ts";
import { quietEnvironment } from "../answer/chat/quiet-environment.ts";

/** As it is, without retries and time limits. @throws AppError (config) for a provider unknown or not installed */
export async function loadChatModel(options: LanguageModelOptions): Promise<ChatModel> {
  if (!options.tracing) quietEnvironment();
  // Imported now and not before: LangChain takes 0.3 s and 40 MB, and who has no model needs none of it.
  const { LangChainChatModel } = await import("../answer/chat/langchain-chat-model.ts");
  return LangChainChatModel.load(options);
}
