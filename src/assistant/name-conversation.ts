/** Titles by the language model, in the background: a conversation keeps the title made from its question until then. */

import { conversationTitle } from "../answer/written/conversation-title.ts";
import type { ChatModel } from "../model/chat-model.ts";
import type { Prompts } from "../model/prompts.ts";
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
