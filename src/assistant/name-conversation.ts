/** Titles by the language model, in the background: a conversation keeps the title made from its question until then. */
import type { ChatModel } from "../answer/chat/chat-model.ts";
import { conversationTitle } from "../answer/chat/conversation-title.ts";
import type { Prompts } from "../answer/chat/prompts.ts";
import type { Answer } from "../protocol.ts";
import type { ConversationStore } from "../store/conversation-store.ts";
import type { AskRequest } from "./port.ts";

/** Conversations named at a time; past it one keeps the title from its question. */
const MOST_AT_ONCE = 4;

interface NamerOptions {
  readonly model: ChatModel;
  readonly prompts: Prompts;
  readonly conversations: ConversationStore;
  readonly signal: AbortSignal;
}

export class ConversationNamer {
  readonly #options: NamerOptions;
  readonly #running = new Set<Promise<void>>();

  constructor(options: NamerOptions) {
    this.#options = options;
  }

  /** Names the conversation that this answer opened; not after small talk, an abstention or a model that failed. */
  answered(request: AskRequest, answer: Answer): void {
    if (request.conversationId !== undefined || answer.abstained || answer.fallback !== undefined) return;
    if (this.#running.size >= MOST_AT_ONCE) return;
    const { owner } = request;
    const given = this.#options.conversations.get(owner, answer.conversationId).title;
    const naming = this.#name(owner, answer, given)
      .catch(() => undefined) // The title from the question is as good as there was before.
      .finally(() => this.#running.delete(naming));
    this.#running.add(naming);
  }

  async settled(): Promise<void> {
    await Promise.all(this.#running);
  }

  async #name(owner: string, answer: Answer, given: string): Promise<void> {
    const { model, prompts, conversations, signal } = this.#options;
    const about = { question: answer.question, answer: answer.text };
    const title = await conversationTitle(model, prompts, about, signal);
    if (title === undefined || signal.aborted) return;
    // Whoever named it in the meantime knows better.
    const { title: now } = conversations.get(owner, answer.conversationId);
    if (now === given) conversations.rename(owner, answer.conversationId, title);
  }
}
