import { AppError } from "../../errors.ts";
import type { Answer } from "../../protocol.ts";
import { integerOf, type SqliteDatabase, type SqlRow } from "../sqlite/sqlite-database.ts";
import { type NewMessage, RESTORE_PERIOD_MS } from "./conversation-store.ts";
import { toContent } from "./sqlite-rows.ts";
import { type SqliteSearch, searchable } from "./sqlite-search.ts";

/**
 * Where the message of an owner stands and whether it is cut, without reading an answer of 30 kB. In a deleted
 * conversation too, until that is gone for good: an answer that is being written there has to be whole when it is restored.
 */
const PLACE_TO_WRITE = `SELECT m.seq, m.conversation_id,
  coalesce(m.content ->> '$.cut', m.content ->> '$.answer.cut') AS cut
  FROM messages m JOIN conversations c ON c.id = m.conversation_id
  WHERE c.owner = ? AND m.id = ? AND (c.deleted_at IS NULL OR c.deleted_at > ?)`;

/** Writes messages, within a transaction of the caller's, and keeps what finds them in step. */
export class SqliteMessages {
  readonly #database: SqliteDatabase;
  readonly #search: SqliteSearch;
  readonly #now: () => number;

  constructor(database: SqliteDatabase, search: SqliteSearch, now: () => number) {
    this.#database = database;
    this.#search = search;
    this.#now = now;
  }

  /** @throws AppError not_found (parent), conflict (the id exists) */
  insert(conversationId: string, message: NewMessage): void {
    this.#checkPlace(conversationId, message);
    this.#database.run(
      `INSERT INTO messages (id, conversation_id, parent_id, role, created_at, content, folded)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
      ...[message.id, conversationId, message.parentId ?? null, message.role, this.#now()],
      ...[toContent(message), searchable(message.text)],
    );
  }

  /** @throws AppError not_found, conflict (it is finished) */
  write(owner: string, messageId: string, answer: Answer): void {
    const row = this.placeToWrite(owner, messageId);
    if (row.cut === null) throw new AppError("conflict", `The message "${messageId}" is finished`);
    const { text } = answer;
    const seq = integerOf(row, "seq");
    if (this.#search.isPlaced(seq)) {
      const before = this.#database.row("SELECT folded FROM messages WHERE seq = ?", seq);
      this.#search.changeMessage(seq, String(before?.folded), searchable(text));
    }
    this.#database.run(
      "UPDATE messages SET content = ?, folded = ? WHERE id = ?",
      ...[toContent({ text, answer }), searchable(text), messageId],
    );
    this.touch(String(row.conversation_id));
  }

  /** @throws AppError not_found */
  placeToWrite(owner: string, messageId: string): SqlRow {
    const goneSince = this.#now() - RESTORE_PERIOD_MS;
    const row = this.#database.row(PLACE_TO_WRITE, owner, messageId, goneSince);
    if (row === undefined) throw notFound("message", messageId);
    return row;
  }

  /** Makes it the conversation that was used last. */
  touch(conversationId: string): void {
    this.#database.run(
      `UPDATE conversations SET updated_at = ?, touched = (SELECT max(touched) + 1 FROM conversations) WHERE id = ?`,
      ...[this.#now(), conversationId],
    );
  }

  #checkPlace(conversationId: string, { id, parentId }: NewMessage): void {
    if (this.#database.row("SELECT 1 FROM messages WHERE id = ?", id) !== undefined) {
      throw new AppError("conflict", `A message "${id}" exists already`);
    }
    if (parentId === undefined) return;
    const sql = "SELECT 1 FROM messages WHERE conversation_id = ? AND id = ?";
    if (this.#database.row(sql, conversationId, parentId) === undefined)
      throw notFound("message", parentId, "parentId");
  }
}

export function notFound(kind: string, id: string, field?: string): AppError {
  return new AppError("not_found", `There is no ${kind} "${id}"`, field === undefined ? {} : { field });
}
