import { AppError } from "../../errors.ts";
import type { Conversation, Feedback, Message } from "../../protocol.ts";
import { integerOf, type SqlRow } from "../sqlite/sqlite-database.ts";
import type { NewMessage } from "./conversation-store.ts";

type Content = Pick<NewMessage, "text" | "answer" | "cut">;

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

/** A place in a list as an opaque cursor. It names the last item seen, not a count, so that inserts shift nothing. */
function toCursor(position: number): string {
  return Buffer.from(`after:${position}`).toString("base64url");
}

/** @throws AppError bad_request when `toCursor` did not make it */
export function fromCursor(cursor: string): number {
  const position = /^after:(\d{1,15})$/.exec(Buffer.from(cursor, "base64url").toString())?.[1];
  if (position === undefined) {
    throw new AppError("bad_request", "cursor takes the nextCursor of the page before", { field: "cursor" });
  }
  return Number(position);
}

/** The cursor after the last of `limit` rows, when one more row was found. */
export function nextCursor(rows: readonly SqlRow[], limit: number, column: string): { nextCursor?: string } {
  const last = rows[limit - 1];
  return rows.length > limit && last !== undefined ? { nextCursor: toCursor(integerOf(last, column)) } : {};
}
