/** Who answers: the extractive answerer, and before it the language model, where one is configured. */
import type { Answerer } from "../answer/answerer.ts";
import { ExtractiveAnswerer } from "../answer/extractive/extractive-answerer.ts";
import { FallbackAnswerer } from "../answer/fallback-answerer.ts";
import { ChatModelAnswerer } from "../answer/written/chat-model-answerer.ts";
import { QuestionCondenser } from "../answer/written/condense-question.ts";
import type { Config } from "../config.ts";
import type { Embedder } from "../embedding/embedder.ts";
import { ModelError } from "../model/chat-model.ts";
import { loadChatModel } from "../model/langchain/load-chat-model.ts";
import { Prompts } from "../model/prompts.ts";
import { RetryingChatModel } from "../model/retrying-chat-model.ts";
import type { ConversationStore } from "../store/conversation-store.ts";
import type { AskContext } from "./ask.ts";
import { ConversationNamer } from "./name-conversation.ts";
import type { Condense } from "./stand-alone.ts";

/** What `ask` needs of it. */
export interface Answering extends Pick<AskContext, "condense" | "onAnswered"> {
  readonly answerer: Answerer;
  /** When no work goes on in the background any more; soon, once `signal` has aborted. */
  settled(): Promise<void>;
}

interface Surroundings {
  readonly embedder: Embedder;
  readonly conversations: ConversationStore;
  /** Ends work in the background. */
  readonly signal: AbortSignal;
  /** Called with faults of the model that the asker was spared. */
  readonly report: (error: unknown) => void;
}

/** @throws AppError (config) for a provider that is unknown or not installed, or a prompt that is wrong */
export async function openAnswering(config: Config, surroundings: Surroundings): Promise<Answering> {
  const { embedder, conversations, signal, report } = surroundings;
  const plain = new ExtractiveAnswerer(embedder);
  const options = config.languageModel;
  if (options === undefined) return { answerer: plain, settled: async () => undefined };
  const model = new RetryingChatModel(await loadChatModel(options), options);
  const prompts = await Prompts.load();
  const written = new ChatModelAnswerer({ model, prompts, embedder, limits: options, plain });
  const namer = new ConversationNamer({ model, prompts, conversations, signal });
  return {
    answerer: new FallbackAnswerer(written, plain, report),
    condense: condensing(new QuestionCondenser(model, prompts, options.timeoutMs)),
    onAnswered: (request, answer) => namer.answered(request, answer),
    settled: () => namer.settled(),
  };
}

/** A model that fails leaves the question to the rule; the answer to come reports the fault. */
function condensing(condenser: QuestionCondenser): Condense {
  return async (question, history, signal) => {
    try {
      return await condenser.condense(question, history, signal);
    } catch (error) {
      if (error instanceof ModelError) return undefined;
      throw error;
    }
  };
}
