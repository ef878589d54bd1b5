/** Who answers: the extractive answerer, and before it the language model, where one is configured. */
import { ExtractiveAnswerer } from "../../answer/extractive/extractive-answerer.ts";
import { ChatModelAnswerer, FallbackAnswerer } from "../../answer/written/chat-model-answerer.ts";
import { conversationTitle, QuestionCondenser } from "../../answer/written/short-requests.ts";
import type { Config } from "../../config.ts";
import type { Embedder } from "../../embedding/embedder.ts";
import { AppError } from "../../errors.ts";
import { type ChatModel, ModelError } from "../../model/chat-model.ts";
import { loadChatModel } from "../../model/langchain/load-chat-model.ts";
import { Prompts } from "../../model/prompts.ts";
import { RetryingChatModel } from "../../model/retrying-chat-model.ts";
import type { Answer } from "../../protocol.ts";
import type { ConversationStore } from "../../store/conversations/conversation-store.ts";
import type { AskRequest } from "../port.ts";
import type { AskContext } from "./ask.ts";
import type { Condense } from "./stand-alone.ts";

/** Who answers one question. */
type Answering = Pick<AskContext, "answerer" | "condense" | "onAnswered">;

export interface AnsweringModels {
  /** Names that a question may choose, the default first. */
  readonly names: readonly string[];
  /** @throws AppError (bad_request) for a model that is none of them */
  choose(model: string | undefined): Answering;
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
export async function openAnswering(config: Config, surroundings: Surroundings): Promise<AnsweringModels> {
  const plain = new ExtractiveAnswerer(surroundings.embedder);
  const byName = new Map<string, Answering>();
  const namers: ConversationNamer[] = [];
  const prompts = config.languageModels.length === 0 ? undefined : await Prompts.load();
  for (const options of config.languageModels) {
    if (prompts === undefined) break;
    const model = new RetryingChatModel(await loadChatModel(options), options);
    const namer = new ConversationNamer({ ...surroundings, model, prompts });
    namers.push(namer);
    byName.set(options.name, answeringBy(model, { prompts, options, plain, namer }, surroundings));
  }
  byName.set(plain.model, { answerer: plain });
  const names = [...byName.keys()];
  return {
    names,
    choose(name = config.llm) {
      const chosen = byName.get(name);
      if (chosen !== undefined) return chosen;
      const known = names.join(", ");
      throw new AppError("bad_request", `model "${name.slice(0, SHOWN)}" is not set here: one of ${known}`, {
        field: "model",
      });
    },
    settled: async () => void (await Promise.all(namers.map((namer) => namer.settled()))),
  };
}

/** UTF-16 code units of an unknown model's name that are repeated. */
const SHOWN = 100;

interface Written {
  readonly prompts: Prompts;
  readonly options: Config["languageModels"][number];
  readonly plain: ExtractiveAnswerer;
  readonly namer: ConversationNamer;
}

function answeringBy(
  model: ChatModel,
  { prompts, options, plain, namer }: Written,
  { embedder, report }: Surroundings,
): Answering {
  const written = new ChatModelAnswerer({ model, prompts, embedder, limits: options, plain });
  return {
    answerer: new FallbackAnswerer(written, plain, report),
    condense: condensing(new QuestionCondenser(model, prompts, options.timeoutMs)),
    onAnswered: (request, answer) => namer.answered(request, answer),
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

/** Conversations named at a time; past it one keeps the title from its question. */
const MOST_AT_ONCE = 4;

interface NamerOptions {
  readonly model: ChatModel;
  readonly prompts: Prompts;
  readonly conversations: ConversationStore;
  readonly signal: AbortSignal;
}

class ConversationNamer {
  readonly #options: NamerOptions;
  readonly #running = new Set<Promise<void>>();

  constructor(options: NamerOptions) {
    this.#options = options;
  }

  /**
   * Names the conversation that this answer opened; not after small talk, an abstention, a model that failed, or an
   * answer from the records, which no model sees.
   */
  answered(request: AskRequest, answer: Answer): void {
    if (request.conversationId !== undefined || answer.abstained || answer.fallback !== undefined) return;
    if (answer.shape === "catalogue") return;
    if (this.#running.size >= MOST_AT_ONCE) return;
    const naming = this.#name(request.owner, answer)
      .catch(() => undefined) // The title from the question is as good as there was before.
      .finally(() => this.#running.delete(naming));
    this.#running.add(naming);
  }

  async settled(): Promise<void> {
    await Promise.all(this.#running);
  }

  /** @throws AppError not_found when it was deleted meanwhile */
  async #name(owner: string, answer: Answer): Promise<void> {
    const { model, prompts, conversations, signal } = this.#options;
    const { title: given } = await conversations.get(owner, answer.conversationId);
    const about = { question: answer.question, answer: answer.text };
    const title = await conversationTitle(model, prompts, about, signal);
    if (title === undefined || signal.aborted) return;
    // Anyone who named it in the meantime knows better.
    const { title: now } = await conversations.get(owner, answer.conversationId);
    if (now === given) await conversations.rename(owner, answer.conversationId, title, { signal });
  }
}
