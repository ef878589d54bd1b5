/** Port: questions that came by a chat app, kept from being taken until the last word of their answer is there. */

/** Milliseconds that a delivery is known again: an hour, beyond the last of Slack's retries. */
export const REMEMBERED_MS = 60 * 60 * 1000;
/** Milliseconds that an answer waits for the chat app to come back: later than a day after, nobody waits. */
export const PENDING_MS = 24 * 60 * 60 * 1000;

export interface Delivery {
  /** Of the answer. */
  readonly messageId: string;
  /** What its channel knows of it, as JSON. */
  readonly content: string;
}

/**
 * What a method has written outlives the process, at any moment; not always a power cut. Every method may throw AppError
 * that names the file: busy after waiting, without holding up anybody else, for another program's lock, or internal.
 */
export interface DeliveryStore {
  /** Remembers the keys, and keeps the delivery if there is one: all, or nothing when one of the keys was known. */
  take(keys: readonly string[], delivery?: Delivery): Promise<boolean>;
  knows(key: string): Promise<boolean>;
  /** Replaces the delivery of `messageId`; one that is finished stays so. */
  update(messageId: string, delivery: Delivery): Promise<void>;
  finish(messageId: string): Promise<void>;
  /** What is not finished, oldest first. */
  pending(): Promise<Delivery[]>;

  /** The conversation of a chat app's thread, if it has one. */
  conversationOf(thread: string): Promise<string | undefined>;
  /** From now on, that of the thread is `conversationId`. */
  linkThread(thread: string, conversationId: string): Promise<void>;

  close(): Promise<void>;
}
