/** Port: what people asked and were answered. Everything belongs to an owner; to anyone else it does not exist. */
import type { Answer, Conversation, Feedback, Message } from "../protocol.ts";

/** Milliseconds that a deleted conversation can still be restored: 30 days, as the contract says. */
export const RESTORE_PERIOD_MS = 30 * 24 * 60 * 60 * 1000;

export interface Page {
  readonly limit: number;
  /** Opaque; as `nextCursor` gave it. */
  readonly cursor?: string | undefined;
}

export interface NewMessage {
  readonly id: string;
  readonly parentId?: string | undefined;
  readonly role: "user" | "assistant";
  readonly text: string;
  readonly answer?: Answer | undefined;
  /** An answer that is still to be written. It stays marked as cut until `write` brings it to its end. */
  readonly cut?: true | undefined;
}

export interface ConversationStore {
  /**
   * A new conversation, with its first messages as `append` takes them: all, or no conversation when it throws.
   * @throws AppError not_found (parent), conflict (a message id exists)
   */
  create(owner: string, title: string, ...messages: readonly NewMessage[]): Conversation;
  /** Without messages. @throws AppError not_found */
  get(owner: string, id: string): Conversation;
  /** Whose it is; undefined when there is none, or it is deleted. */
  ownerOf(id: string): string | undefined;
  /** Newest first; `query` matches title or message text, any case. @throws AppError bad_request for a wrong cursor */
  list(
    owner: string,
    options: Page & { query?: string | undefined },
  ): { conversations: Conversation[]; nextCursor?: string; total: number };
  /** @throws AppError not_found */
  rename(owner: string, id: string, title: string): Conversation;
  /** Hidden at once, gone for good after RESTORE_PERIOD_MS. @throws AppError not_found */
  remove(owner: string, id: string): void;
  /** @throws AppError not_found when it was never there, is not deleted, or the period has passed */
  restore(owner: string, id: string): Conversation;

  /**
   * Appends messages, each under its `parentId` (absent: a root), which may be one before it: all, or none when it
   * throws. Durable when it returns.
   * @throws AppError not_found (conversation or parent), conflict (a message id exists)
   */
  append(owner: string, conversationId: string, ...messages: readonly NewMessage[]): Message[];
  /**
   * What a message that was appended as cut holds by now; with an answer that is not cut itself, it is finished.
   * Durable when it returns. Goes on while its conversation is deleted, which may be restored.
   * @throws AppError not_found, conflict (it is finished)
   */
  write(owner: string, messageId: string, answer: Answer): void;
  /** Oldest first. @throws AppError not_found, bad_request for a wrong cursor */
  messages(
    owner: string,
    conversationId: string,
    page: Page,
  ): { messages: Message[]; nextCursor?: string; total: number };
  /** @throws AppError not_found */
  message(owner: string, messageId: string): { message: Message; conversationId: string };
  /**
   * The chain from the root to `messageId`, oldest first: what an answer goes by that is being written, so in a deleted
   * conversation too. @throws AppError not_found
   */
  thread(owner: string, messageId: string): Message[];
  /** The newest message of the conversation, or undefined when it has none. @throws AppError not_found */
  latest(owner: string, conversationId: string): Message | undefined;
  /** Replaces earlier feedback on the same message. @throws AppError not_found */
  giveFeedback(owner: string, messageId: string, feedback: Feedback): void;

  close(): void;
}
