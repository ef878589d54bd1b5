/** Port: what people asked and were answered. Everything belongs to an owner; to anyone else it does not exist. */
import type { Answer, Conversation, Feedback, Message } from "../../protocol.ts";
import type { Patience } from "../sqlite/lock-line.ts";

export type { Patience } from "../sqlite/lock-line.ts";

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

/**
 * What reads or writes waits, without holding up anybody else, while another program keeps it out: a write as long as
 * its `patience` says. Then it throws AppError busy.
 */
export interface ConversationStore {
  /**
   * A new conversation, with its first messages as `append` takes them: all, or no conversation when it throws.
   * @throws AppError not_found (parent), conflict (a message id exists)
   */
  create(
    owner: string,
    title: string,
    messages?: readonly NewMessage[],
    patience?: Patience,
  ): Promise<Conversation>;
  /** Without messages. @throws AppError not_found */
  get(owner: string, id: string): Promise<Conversation>;
  /** Whose it is; undefined when there is none, or it is deleted. */
  ownerOf(id: string): Promise<string | undefined>;
  /**
   * The last used first; `query` matches any part of the title or of a message, in any case. With it, `total` may be
   * counted up to 1,000 only.
   * @throws AppError bad_request for a wrong cursor
   */
  list(
    owner: string,
    options: Page & { query?: string | undefined },
  ): Promise<{ conversations: Conversation[]; nextCursor?: string; total: number }>;
  /** @throws AppError not_found */
  rename(owner: string, id: string, title: string, patience?: Patience): Promise<Conversation>;
  /** Hidden at once, gone for good after RESTORE_PERIOD_MS. @throws AppError not_found */
  remove(owner: string, id: string, patience?: Patience): Promise<void>;
  /** @throws AppError not_found when it was never there, is not deleted, or the period has passed */
  restore(owner: string, id: string, patience?: Patience): Promise<Conversation>;

  /**
   * Appends messages, each under its `parentId` (absent: a root), which may be one before it: all, or none when it
   * throws. Durable when it resolves.
   * @throws AppError not_found (conversation or parent), conflict (a message id exists)
   */
  append(
    owner: string,
    conversationId: string,
    messages: readonly NewMessage[],
    patience?: Patience,
  ): Promise<Message[]>;
  /**
   * What a message that was appended as cut holds by now; with an answer that is not cut itself, it is finished.
   * Durable when it resolves. Goes on while its conversation is deleted, which may be restored.
   * @throws AppError not_found, conflict (it is finished)
   */
  write(owner: string, messageId: string, answer: Answer, patience?: Patience): Promise<void>;
  /** Oldest first. @throws AppError not_found, bad_request for a wrong cursor */
  messages(
    owner: string,
    conversationId: string,
    page: Page,
  ): Promise<{ messages: Message[]; nextCursor?: string; total: number }>;
  /** @throws AppError not_found */
  message(owner: string, messageId: string): Promise<{ message: Message; conversationId: string }>;
  /**
   * The last `limit` messages of the chain from the root to `messageId`, oldest first: what an answer goes by that is being written, so in a deleted
   * conversation too. @throws AppError not_found
   */
  thread(owner: string, messageId: string, limit: number): Promise<Message[]>;
  /** The newest message of the conversation, or undefined when it has none. @throws AppError not_found */
  latest(owner: string, conversationId: string): Promise<Message | undefined>;
  /** Replaces earlier feedback on the same message. @throws AppError not_found */
  giveFeedback(owner: string, messageId: string, feedback: Feedback, patience?: Patience): Promise<void>;

  /** When no work goes on in the background. */
  settled(): Promise<void>;

  close(): Promise<void>;
}
