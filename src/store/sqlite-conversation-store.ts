import { AppError } from "../errors.ts";
import type { Answer, Conversation, Feedback, Message } from "../protocol.ts";
import { foldCase } from "../util/fold-case.ts";
import { randomId } from "../util/random-id.ts";
import {
  type ConversationStore,
  type NewMessage,
  type Page,
  RESTORE_PERIOD_MS,
} from "./conversation-store.ts";
import { conversationsFile } from "./conversations-file.ts";
import { MIGRATIONS } from "./migrations/index.ts";
import { fromCursor, toCursor } from "./sqlite-cursor.ts";
import { SqliteDatabase, type SqlRow } from "./sqlite-database.ts";
import { migrate } from "./sqlite-migrate.ts";
import { integerOf, toContent, toConversation, toMessage } from "./sqlite-rows.ts";

/** The messages of an owner's conversations that are not deleted: no other statement decides who may see one. */
const OWN_MESSAGES = `SELECT m.* FROM messages m JOIN conversations c ON c.id = m.conversation_id
  WHERE c.owner = ? AND c.deleted_at IS NULL`;
/**
 * Where the message of an owner stands and whether it is cut, without reading an answer of 30 kB. In a deleted
 * conversation too: an answer that is being written there has to be whole when that is restored.
 */
const PLACE_TO_WRITE = `SELECT m.conversation_id,
  coalesce(m.content ->> '$.cut', m.content ->> '$.answer.cut') AS cut
  FROM messages m JOIN conversations c ON c.id = m.conversation_id WHERE c.owner = ? AND m.id = ?`;
const OWN_CONVERSATION = "SELECT * FROM conversations WHERE owner = ? AND id = ?";
/** Absent query: an empty text is in every title. `instr` needs no escaping, which LIKE would. */
const MATCHING = `FROM conversations c WHERE owner = ? AND deleted_at IS NULL AND (instr(folded, ?) > 0 OR EXISTS (
  SELECT 1 FROM messages m WHERE m.conversation_id = c.id AND instr(m.folded, ?) > 0))`;

interface Options {
  /** DATA_DIR; created when it is not there, for this user alone. */
  readonly folder: string;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly newId?: () => string;
  /** How long to wait for another process that writes. */
  readonly busyTimeoutMs?: number;
}

/** Conversations in `conversations.db`. Every method may also throw AppError (internal) that names the file. */
export class SqliteConversationStore implements ConversationStore {
  readonly #database: SqliteDatabase;
  readonly #now: () => number;
  readonly #newId: () => string;

  /** @throws AppError (internal) when the file cannot be opened, is damaged, or a newer Footnote wrote it */
  constructor({ folder, now = Date.now, newId = randomId, busyTimeoutMs }: Options) {
    this.#now = now;
    this.#newId = newId;
    this.#database = new SqliteDatabase(conversationsFile(folder), busyTimeoutMs);
    try {
      migrate(this.#database, MIGRATIONS);
      this.#purge();
    } catch (error) {
      this.#database.close();
      throw error;
    }
  }

  create(owner: string, title: string, ...messages: readonly NewMessage[]): Conversation {
    const id = this.#newId();
    const now = this.#now();
    return this.#database.transaction(() => {
      this.#database.run(
        `INSERT INTO conversations (id, owner, title, folded, created_at, updated_at, touched)
         VALUES (?, ?, ?, ?, ?, ?, (SELECT coalesce(max(touched), 0) + 1 FROM conversations))`,
        ...[id, owner, JSON.stringify(title), searchable(title), now, now],
      );
      for (const message of messages) this.#insert(id, message);
      return this.get(owner, id);
    });
  }

  get(owner: string, id: string): Conversation {
    return toConversation(this.#row(owner, id));
  }

  ownerOf(id: string): string | undefined {
    const sql = "SELECT owner FROM conversations WHERE id = ? AND deleted_at IS NULL";
    const row = this.#database.row(sql, id);
    return row === undefined ? undefined : String(row.owner);
  }

  list(owner: string, { limit, cursor, query }: Page & { query?: string | undefined }) {
    const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : fromCursor(cursor);
    const match = searchable(query?.trim() ?? "");
    const rows = this.#database.rows(
      `SELECT * ${MATCHING} AND touched < ? ORDER BY touched DESC LIMIT ?`,
      ...[owner, match, match, before, limit + 1],
    );
    const total = this.#count(MATCHING, owner, match, match);
    return {
      conversations: rows.slice(0, limit).map(toConversation),
      ...next(rows, limit, "touched"),
      total,
    };
  }

  rename(owner: string, id: string, title: string): Conversation {
    this.#row(owner, id);
    this.#database.run(
      "UPDATE conversations SET title = ?, folded = ?, updated_at = ? WHERE id = ?",
      ...[JSON.stringify(title), searchable(title), this.#now(), id],
    );
    return this.get(owner, id);
  }

  remove(owner: string, id: string): void {
    this.#row(owner, id);
    this.#database.run("UPDATE conversations SET deleted_at = ? WHERE id = ?", this.#now(), id);
    this.#purge();
  }

  restore(owner: string, id: string): Conversation {
    const restored = this.#database.run(
      "UPDATE conversations SET deleted_at = NULL WHERE owner = ? AND id = ? AND deleted_at > ?",
      ...[owner, id, this.#now() - RESTORE_PERIOD_MS],
    );
    if (restored === 0) throw notFound("deleted conversation", id);
    return this.get(owner, id);
  }

  append(owner: string, conversationId: string, ...messages: readonly NewMessage[]): Message[] {
    return this.#database.transaction(() => {
      this.#row(owner, conversationId);
      for (const message of messages) this.#insert(conversationId, message);
      this.#touch(conversationId);
      return messages.map(({ id }) => this.message(owner, id).message);
    });
  }

  write(owner: string, messageId: string, answer: Answer): void {
    this.#database.transaction(() => {
      const row = this.#database.row(PLACE_TO_WRITE, owner, messageId);
      if (row === undefined) throw notFound("message", messageId);
      if (row.cut === null) throw new AppError("conflict", `The message "${messageId}" is finished`);
      const { text } = answer;
      this.#database.run(
        "UPDATE messages SET content = ?, folded = ? WHERE id = ?",
        ...[toContent({ text, answer }), searchable(text), messageId],
      );
      this.#touch(String(row.conversation_id));
    }, !answer.cut);
  }

  messages(owner: string, conversationId: string, { limit, cursor }: Page) {
    this.#row(owner, conversationId);
    const rows = this.#database.rows(
      "SELECT * FROM messages WHERE conversation_id = ? AND seq > ? ORDER BY seq LIMIT ?",
      ...[conversationId, cursor === undefined ? 0 : fromCursor(cursor), limit + 1],
    );
    const total = this.#count("FROM messages WHERE conversation_id = ?", conversationId);
    return { messages: rows.slice(0, limit).map(toMessage), ...next(rows, limit, "seq"), total };
  }

  message(owner: string, messageId: string): { message: Message; conversationId: string } {
    const row = this.#database.row(`${OWN_MESSAGES} AND m.id = ?`, owner, messageId);
    if (row === undefined) throw notFound("message", messageId);
    return { message: toMessage(row), conversationId: String(row.conversation_id) };
  }

  thread(owner: string, messageId: string): Message[] {
    if (this.#database.row(PLACE_TO_WRITE, owner, messageId) === undefined)
      throw notFound("message", messageId);
    const rows = this.#database.rows(
      `WITH RECURSIVE up (id) AS (
         SELECT ? UNION SELECT m.parent_id FROM messages m JOIN up ON m.id = up.id WHERE m.parent_id IS NOT NULL)
       SELECT m.* FROM messages m JOIN up ON m.id = up.id ORDER BY m.seq`,
      messageId,
    );
    return rows.map(toMessage);
  }

  latest(owner: string, conversationId: string): Message | undefined {
    this.#row(owner, conversationId);
    const row = this.#database.row(
      "SELECT * FROM messages WHERE conversation_id = ? ORDER BY seq DESC LIMIT 1",
      conversationId,
    );
    return row === undefined ? undefined : toMessage(row);
  }

  giveFeedback(owner: string, messageId: string, feedback: Feedback): void {
    this.message(owner, messageId);
    this.#database.run("UPDATE messages SET feedback = ? WHERE id = ?", JSON.stringify(feedback), messageId);
  }

  close(): void {
    this.#database.close();
  }

  #row(owner: string, id: string): SqlRow {
    const row = this.#database.row(`${OWN_CONVERSATION} AND deleted_at IS NULL`, owner, id);
    if (row === undefined) throw notFound("conversation", id);
    return row;
  }

  /** Makes it the conversation that was used last. */
  #touch(conversationId: string): void {
    this.#database.run(
      `UPDATE conversations SET updated_at = ?, touched = (SELECT max(touched) + 1 FROM conversations) WHERE id = ?`,
      ...[this.#now(), conversationId],
    );
  }

  #insert(conversationId: string, message: NewMessage): void {
    this.#checkPlace(conversationId, message);
    this.#database.run(
      `INSERT INTO messages (id, conversation_id, parent_id, role, created_at, content, folded)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
      ...[message.id, conversationId, message.parentId ?? null, message.role, this.#now()],
      ...[toContent(message), searchable(message.text)],
    );
  }

  #checkPlace(conversationId: string, { id, parentId }: NewMessage): void {
    if (this.#count("FROM messages WHERE id = ?", id) > 0) {
      throw new AppError("conflict", `A message "${id}" exists already`);
    }
    if (parentId === undefined) return;
    const parents = this.#count(
      "FROM messages WHERE conversation_id = ? AND id = ?",
      conversationId,
      parentId,
    );
    if (parents === 0) throw notFound("message", parentId, "parentId");
  }

  #count(from: string, ...values: string[]): number {
    const row = this.#database.row(`SELECT count(*) AS total ${from}`, ...values);
    return row === undefined ? 0 : integerOf(row, "total");
  }

  #purge(): void {
    this.#database.run("DELETE FROM conversations WHERE deleted_at <= ?", this.#now() - RESTORE_PERIOD_MS);
  }
}

/** Without NUL, at which SQLite's text functions stop reading. */
function searchable(text: string): string {
  return foldCase(text).replaceAll("\0", " ");
}

/** The cursor after the last of `limit` rows, when one more row was found. */
function next(rows: readonly SqlRow[], limit: number, column: string): { nextCursor?: string } {
  const last = rows[limit - 1];
  return rows.length > limit && last !== undefined ? { nextCursor: toCursor(integerOf(last, column)) } : {};
}

function notFound(kind: string, id: string, field?: string): AppError {
  return new AppError("not_found", `There is no ${kind} "${id}"`, field === undefined ? {} : { field });
}
