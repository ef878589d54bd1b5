import { AppError } from "../../src/errors.ts";
import type { Answer, Conversation, Feedback, Message } from "../../src/protocol.ts";
import {
  type ConversationStore,
  type NewMessage,
  type Page,
  RESTORE_PERIOD_MS,
} from "../../src/store/conversations/conversation-store.ts";
import { foldCase, randomId } from "../../src/util/strings.ts";

interface Stored {
  readonly owner: string;
  readonly messages: Message[];
  conversation: Conversation;
  /** Counts uses: the highest is the newest. */
  touched: number;
  deletedAt?: number;
}

interface Options {
  readonly now?: () => number;
  readonly newId?: () => string;
}

/** The port in memory, held to the same contract suite as SQLite. */
export class MemoryConversationStore implements ConversationStore {
  readonly #all = new Map<string, Stored>();
  readonly #now: () => number;
  readonly #newId: () => string;
  #uses = 0;

  constructor({ now = Date.now, newId = randomId }: Options = {}) {
    this.#now = now;
    this.#newId = newId;
  }

  async create(owner: string, title: string, messages: readonly NewMessage[] = []): Promise<Conversation> {
    const date = this.#date();
    const conversation = { id: this.#newId(), title, createdAt: date, updatedAt: date };
    this.#all.set(conversation.id, { owner, messages: [], conversation, touched: ++this.#uses });
    try {
      await this.append(owner, conversation.id, messages);
    } catch (error) {
      this.#all.delete(conversation.id);
      throw error;
    }
    return { ...conversation };
  }

  async get(owner: string, id: string): Promise<Conversation> {
    return { ...this.#find(owner, id).conversation };
  }

  async ownerOf(id: string): Promise<string | undefined> {
    const stored = this.#all.get(id);
    return stored?.deletedAt === undefined ? stored?.owner : undefined;
  }

  async list(owner: string, { limit, cursor, query }: Page & { query?: string | undefined }) {
    const match = foldCase(query?.trim() ?? "");
    const all = [...this.#all.values()]
      .filter((stored) => stored.owner === owner && stored.deletedAt === undefined)
      .filter(({ conversation, messages }) =>
        [conversation.title, ...messages.map(({ text }) => text)].some((text) =>
          foldCase(text).includes(match),
        ),
      )
      .sort((a, b) => b.touched - a.touched);
    const before = cursor === undefined ? Number.POSITIVE_INFINITY : position(cursor);
    const rest = all.filter(({ touched }) => touched < before);
    const page = rest.slice(0, limit);
    return {
      conversations: page.map(({ conversation }) => ({ ...conversation })),
      ...(rest.length > limit ? { nextCursor: String(page.at(-1)?.touched) } : {}),
      total: all.length,
    };
  }

  async rename(owner: string, id: string, title: string): Promise<Conversation> {
    const stored = this.#find(owner, id);
    stored.conversation = { ...stored.conversation, title, updatedAt: this.#date() };
    return { ...stored.conversation };
  }

  async remove(owner: string, id: string): Promise<void> {
    this.#find(owner, id).deletedAt = this.#now();
    for (const [other, { deletedAt = Number.POSITIVE_INFINITY }] of this.#all)
      if (this.#now() - deletedAt >= RESTORE_PERIOD_MS) this.#all.delete(other);
  }

  async restore(owner: string, id: string): Promise<Conversation> {
    const stored = this.#all.get(id);
    const deletedAt = stored?.deletedAt ?? Number.NEGATIVE_INFINITY;
    if (stored?.owner !== owner || this.#now() - deletedAt >= RESTORE_PERIOD_MS) throw notFound(id);
    delete stored.deletedAt;
    return { ...stored.conversation };
  }

  async append(owner: string, conversationId: string, messages: readonly NewMessage[]): Promise<Message[]> {
    const stored = this.#find(owner, conversationId);
    const before = stored.messages.length;
    try {
      return messages.map((message) => this.#append(stored, message));
    } catch (error) {
      stored.messages.length = before;
      throw error;
    }
  }

  async write(owner: string, messageId: string, answer: Answer): Promise<void> {
    const { message, stored } = this.#findWritten(owner, messageId);
    if (!message.cut) throw new AppError("conflict", `The message "${messageId}" is finished`);
    Object.assign(message, { text: answer.text, answer: structuredClone(answer) });
    if (!answer.cut) delete message.cut;
    this.#touch(stored);
  }

  #append(stored: Stored, message: NewMessage): Message {
    if ([...this.#all.values()].some(({ messages }) => messages.some(({ id }) => id === message.id))) {
      throw new AppError("conflict", `A message "${message.id}" exists already`);
    }
    const { id, parentId, role, text, answer, cut = answer?.cut } = message;
    if (parentId !== undefined && !stored.messages.some((other) => other.id === parentId))
      throw notFound(parentId);
    const added: Message = {
      id,
      ...(parentId === undefined ? {} : { parentId }),
      role,
      createdAt: this.#date(),
      text,
      ...(answer === undefined ? {} : { answer }),
      ...(cut === undefined ? {} : { cut }),
    };
    stored.messages.push(added);
    this.#touch(stored);
    return { ...added };
  }

  #touch(stored: Stored): void {
    stored.touched = ++this.#uses;
    stored.conversation = { ...stored.conversation, updatedAt: this.#date() };
  }

  async messages(owner: string, conversationId: string, { limit, cursor }: Page) {
    const { messages } = this.#find(owner, conversationId);
    const from = cursor === undefined ? 0 : position(cursor);
    return {
      messages: messages.slice(from, from + limit).map((message) => ({ ...message })),
      ...(messages.length > from + limit ? { nextCursor: String(from + limit) } : {}),
      total: messages.length,
    };
  }

  async message(owner: string, messageId: string): Promise<{ message: Message; conversationId: string }> {
    const { message, stored } = this.#findMessage(owner, messageId);
    return { message: { ...message }, conversationId: stored.conversation.id };
  }

  async thread(owner: string, messageId: string, limit: number): Promise<Message[]> {
    const { message, stored } = this.#findWritten(owner, messageId);
    const chain = [message];
    for (let at = message; at.parentId !== undefined; chain.unshift(at)) {
      at = stored.messages.find(({ id }) => id === at.parentId)!;
    }
    return chain.slice(-limit);
  }

  async latest(owner: string, conversationId: string): Promise<Message | undefined> {
    return this.#find(owner, conversationId).messages.at(-1);
  }

  async giveFeedback(owner: string, messageId: string, feedback: Feedback): Promise<void> {
    this.#findMessage(owner, messageId).message.feedback = { ...feedback };
  }

  async settled(): Promise<void> {}

  async close(): Promise<void> {}

  #date(): string {
    return new Date(this.#now()).toISOString();
  }

  #find(owner: string, id: string): Stored {
    const stored = this.#all.get(id);
    if (stored?.owner !== owner || stored.deletedAt !== undefined) throw notFound(id);
    return stored;
  }

  #findMessage(owner: string, messageId: string): { message: Message; stored: Stored } {
    const found = this.#findWritten(owner, messageId);
    if (found.stored.deletedAt !== undefined) throw notFound(messageId);
    return found;
  }

  /** In a deleted conversation too, until it is gone for good. */
  #findWritten(owner: string, messageId: string): { message: Message; stored: Stored } {
    for (const stored of this.#all.values()) {
      const message = stored.messages.find(({ id }) => id === messageId);
      if (message && stored.owner === owner) return { message, stored };
    }
    throw notFound(messageId);
  }
}

function position(cursor: string): number {
  if (!/^\d{1,15}$/.test(cursor)) {
    throw new AppError("bad_request", "cursor takes the nextCursor of the page before", { field: "cursor" });
  }
  return Number(cursor);
}

function notFound(id: string): AppError {
  return new AppError("not_found", `There is no "${id}"`);
}
