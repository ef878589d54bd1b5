import { AppError } from "../errors.ts";
import type { Conversation, Feedback, Message } from "../protocol.ts";
import type { NewMessage } from "./conversation-store.ts";
import type { SqlRow } from "./sqlite-database.ts";

type Content = Pick<NewMessage, "text" | "answer" | "cut">;

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

/** @throws AppError (internal) when what stands there is not what was written: SQLite has no checksums of its own */
function jsonOf<Value>(row: SqlRow, column: string): Value {
  const text = textOf(row, column);
  try {
    return JSON.parse(text) as Value;
  } catch (cause) {
    throw new AppError(
      "internal",
      `The database of conversations is damaged at ${column} of "${row.id}": put a backup in its place`,
      { cause },
    );
  }
}

const dateOf = (row: SqlRow, column: string): string => new Date(integerOf(row, column)).toISOString();

/** What `content` of a message holds. JSON keeps every character, see migration 1. */
export function toContent({ text, answer, cut }: Content): string {
  return JSON.stringify({ text, answer, cut });
}

export function toConversation(row: SqlRow): Conversation {
  return {
    id: textOf(row, "id"),
    title: jsonOf<string>(row, "title"),
    createdAt: dateOf(row, "created_at"),
    updatedAt: dateOf(row, "updated_at"),
  };
}

export function toMessage(row: SqlRow): Message {
  const { text, answer, cut = answer?.cut } = jsonOf<Content>(row, "content");
  const feedback = row.feedback === null ? undefined : jsonOf<Feedback>(row, "feedback");
  return {
    id: textOf(row, "id"),
    ...(row.parent_id === null ? {} : { parentId: textOf(row, "parent_id") }),
    role: textOf(row, "role") === "user" ? "user" : "assistant",
    createdAt: dateOf(row, "created_at"),
    text,
    ...(answer === undefined ? {} : { answer }),
    ...(cut === undefined ? {} : { cut }),
    ...(feedback === undefined ? {} : { feedback }),
  };
}
