import type { Conversation, Feedback, Message } from "../protocol.ts";
import type { NewMessage } from "./conversation-store.ts";
import type { SqlRow } from "./sqlite-database.ts";

type Content = Pick<NewMessage, "text" | "answer">;

export function integerOf(row: SqlRow, column: string): number {
  const value = row[column];
  if (typeof value !== "number") throw new TypeError(`column ${column} holds no number`);
  return value;
}

function textOf(row: SqlRow, column: string): string {
  const value = row[column];
  if (typeof value !== "string") throw new TypeError(`column ${column} holds no text`);
  return value;
}

const dateOf = (row: SqlRow, column: string): string => new Date(integerOf(row, column)).toISOString();

/** What `content` of a message holds. JSON keeps every character, see migration 1. */
export function toContent({ text, answer }: Content): string {
  return JSON.stringify(answer === undefined ? { text } : { text, answer });
}

export function toConversation(row: SqlRow): Conversation {
  const title: string = JSON.parse(textOf(row, "title"));
  return {
    id: textOf(row, "id"),
    title,
    createdAt: dateOf(row, "created_at"),
    updatedAt: dateOf(row, "updated_at"),
  };
}

export function toMessage(row: SqlRow): Message {
  const { text, answer }: Content = JSON.parse(textOf(row, "content"));
  const feedback: Feedback | undefined =
    row.feedback === null ? undefined : JSON.parse(textOf(row, "feedback"));
  return {
    id: textOf(row, "id"),
    ...(row.parent_id === null ? {} : { parentId: textOf(row, "parent_id") }),
    role: textOf(row, "role") === "user" ? "user" : "assistant",
    createdAt: dateOf(row, "created_at"),
    text,
    ...(answer === undefined ? {} : { answer }),
    ...(feedback === undefined ? {} : { feedback }),
  };
}
