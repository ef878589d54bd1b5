import type { Answer, Conversation, Feedback, Message } from "../../protocol.ts";
import { randomId } from "../../util/strings.ts";
import type { Patience } from "../sqlite/lock-line.ts";
import { conversationsFile, MIGRATIONS, migrate } from "../sqlite/schema.ts";
import { integerOf, SqliteDatabase, type SqlRow } from "../sqlite/sqlite-database.ts";
import {
  type ConversationStore,
  type NewMessage,
  type Page,
  RESTORE_PERIOD_MS,
} from "./conversation-store.ts";
import { notFound, SqliteMessages } from "./sqlite-messages.ts";
import { fromCursor, nextCursor, toConversation, toMessage } from "./sqlite-rows.ts";
import { type SearchLimits, SqliteSearch, searchable } from "./sqlite-search.ts";
import { SqliteUpkeep } from "./sqlite-upkeep.ts";

/** The messages of an owner's conversations that are not deleted: no other statement decides who may see one. */
const OWN_MESSAGES = `SELECT m.* FROM messages m JOIN conversations c ON c.id = m.conversation_id
  WHERE c.owner = ? AND c.deleted_at IS NULL`;
/** Without the place, which may be beyond what a number of JavaScript holds. */
const COLUMNS = "id, title, folded, created_at, updated_at, touched";
const OWN_CONVERSATION = `SELECT ${COLUMNS} FROM conversations WHERE owner = ? AND id = ? AND deleted_at IS NULL`;
const LISTED = "FROM conversations WHERE owner = ? AND deleted_at IS NULL";

interface Options {
  /** DATA_DIR; created when it is not there, for this user alone. */
  readonly folder: string;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly newId?: () => string;
  /** How long a write waits for another program at the longest; absent: as `LockLine` says. */
  readonly lockWaitMs?: number;
  readonly searchLimits?: Partial<SearchLimits>;
  /** Called with what goes wrong in the background. */
  readonly onError?: (error: unknown) => void;
}

/** Conversations in `conversations.db`. Every method may also throw AppError (busy, internal) that names the file. */
export class SqliteConversationStore implements ConversationStore {
  readonly #database: SqliteDatabase;
  readonly #now: () => number;
  readonly #newId: () => string;
  readonly #search: SqliteSearch;
  readonly #messages: SqliteMessages;
  readonly #upkeep: SqliteUpkeep;

  /** @throws AppError (internal) when the file cannot be opened, is damaged, or a newer Footnote wrote it */
  constructor({ folder, now = Date.now, newId = randomId, lockWaitMs, searchLimits, onError }: Options) {
    this.#now = now;
    this.#newId = newId;
    this.#database = new SqliteDatabase(conversationsFile(folder), lockWaitMs);
    try {
      migrate(this.#database, MIGRATIONS);
      this.#database.opened();
    } catch (error) {
      this.#database.close();
      throw error;
    }
    const database = this.#database;
    this.#search = new SqliteSearch(database, searchLimits);
    this.#messages = new SqliteMessages(database, this.#search, now);
    this.#upkeep = new SqliteUpkeep({
      database,
      search: this.#search,
      now,
      onError: onError ?? (() => undefined),
    });
    this.#upkeep.start();
  }

  create(
    owner: string,
    title: string,
    messages: readonly NewMessage[] = [],
    patience?: Patience,
  ): Promise<Conversation> {
    return this.#write(patience, () => {
      const id = this.#newId();
      const now = this.#now();
      this.#database.run(
        `INSERT INTO conversations (id, owner, title, folded, created_at, updated_at, touched)
         VALUES (?, ?, ?, ?, ?, ?, (SELECT coalesce(max(touched), 0) + 1 FROM conversations))`,
        ...[id, owner, JSON.stringify(title), searchable(title), now, now],
      );
      for (const message of messages) this.#messages.insert(id, message);
      return toConversation(this.#row(owner, id));
    });
  }

  get(owner: string, id: string): Promise<Conversation> {
    return this.#read(() => toConversation(this.#row(owner, id)));
  }

  async ownerOf(id: string): Promise<string | undefined> {
    const sql = "SELECT owner FROM conversations WHERE id = ? AND deleted_at IS NULL";
    const row = await this.#read(() => this.#database.row(sql, id));
    return row === undefined ? undefined : String(row.owner);
  }

  async list(owner: string, { limit, cursor, query }: Page & { query?: string | undefined }) {
    const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : fromCursor(cursor);
    const match = searchable(query?.trim() ?? "");
    const { rows, total } = await this.#read(() => this.#find(owner, match, { before, limit: limit + 1 }));
    return {
      conversations: rows.slice(0, limit).map(toConversation),
      ...nextCursor(rows, limit, "touched"),
      total,
    };
  }

  rename(owner: string, id: string, title: string, patience?: Patience): Promise<Conversation> {
    return this.#write(patience, () => {
      const before = String(this.#row(owner, id).folded);
      this.#database.run(
        "UPDATE conversations SET title = ?, folded = ?, updated_at = ? WHERE id = ?",
        ...[JSON.stringify(title), searchable(title), this.#now(), id],
      );
      this.#search.changeTitle(id, before, searchable(title));
      return toConversation(this.#row(owner, id));
    });
  }

  remove(owner: string, id: string, patience?: Patience): Promise<void> {
    return this.#write(patience, () => {
      this.#row(owner, id);
      this.#database.run("UPDATE conversations SET deleted_at = ? WHERE id = ?", this.#now(), id);
    });
  }

  restore(owner: string, id: string, patience?: Patience): Promise<Conversation> {
    return this.#write(patience, () => {
      const restored = this.#database.run(
        "UPDATE conversations SET deleted_at = NULL WHERE owner = ? AND id = ? AND deleted_at > ?",
        ...[owner, id, this.#goneSince()],
      );
      if (restored === 0) throw notFound("deleted conversation", id);
      return toConversation(this.#row(owner, id));
    });
  }

  append(
    owner: string,
    conversationId: string,
    messages: readonly NewMessage[],
    patience?: Patience,
  ): Promise<Message[]> {
    return this.#write(patience, () => {
      this.#row(owner, conversationId);
      for (const message of messages) this.#messages.insert(conversationId, message);
      this.#messages.touch(conversationId);
      return messages.map(({ id }) => toMessage(this.#messageRow(owner, id)));
    });
  }

  write(owner: string, messageId: string, answer: Answer, patience?: Patience): Promise<void> {
    const work = () => this.#messages.write(owner, messageId, answer);
    return this.#write(patience, work, !answer.cut);
  }

  messages(owner: string, conversationId: string, { limit, cursor }: Page) {
    return this.#read(() => {
      this.#row(owner, conversationId);
      const rows = this.#database.rows(
        "SELECT * FROM messages WHERE conversation_id = ? AND seq > ? ORDER BY seq LIMIT ?",
        ...[conversationId, cursor === undefined ? 0 : fromCursor(cursor), limit + 1],
      );
      const total = this.#count("FROM messages WHERE conversation_id = ?", conversationId);
      return { messages: rows.slice(0, limit).map(toMessage), ...nextCursor(rows, limit, "seq"), total };
    });
  }

  async message(owner: string, messageId: string): Promise<{ message: Message; conversationId: string }> {
    const row = await this.#read(() => this.#messageRow(owner, messageId));
    return { message: toMessage(row), conversationId: String(row.conversation_id) };
  }

  thread(owner: string, messageId: string, limit: number): Promise<Message[]> {
    return this.#read(() => {
      this.#messages.placeToWrite(owner, messageId);
      const rows = this.#database.rows(
        `WITH RECURSIVE up (id, length) AS (
           SELECT ?, 1 UNION ALL SELECT m.parent_id, length + 1 FROM up CROSS JOIN messages m ON m.id = up.id
             WHERE m.parent_id IS NOT NULL AND length < ?)
         SELECT m.* FROM up CROSS JOIN messages m ON m.id = up.id ORDER BY m.seq`,
        ...[messageId, limit],
      );
      return rows.map(toMessage);
    });
  }

  latest(owner: string, conversationId: string): Promise<Message | undefined> {
    return this.#read(() => {
      this.#row(owner, conversationId);
      const row = this.#database.row(
        "SELECT * FROM messages WHERE conversation_id = ? ORDER BY seq DESC LIMIT 1",
        conversationId,
      );
      return row === undefined ? undefined : toMessage(row);
    });
  }

  giveFeedback(owner: string, messageId: string, feedback: Feedback, patience?: Patience): Promise<void> {
    return this.#write(patience, () => {
      this.#messageRow(owner, messageId);
      this.#database.run(
        "UPDATE messages SET feedback = ? WHERE id = ?",
        JSON.stringify(feedback),
        messageId,
      );
    });
  }

  settled(): Promise<void> {
    return this.#upkeep.settled();
  }

  async close(): Promise<void> {
    this.#upkeep.stop();
    this.#database.close();
  }

  #read<Result>(work: () => Result): Promise<Result> {
    return this.#database.reading(work);
  }

  async #write<Result>(
    patience: Patience | undefined,
    work: () => Result,
    powerCut?: boolean,
  ): Promise<Result> {
    const result = await this.#database.patiently(() => this.#database.transaction(work, powerCut), patience);
    this.#upkeep.start();
    return result;
  }

  #find(owner: string, match: string, page: { readonly before: number; readonly limit: number }) {
    if (match !== "") return this.#search.find(owner, match, page);
    const sql = `SELECT ${COLUMNS} ${LISTED} AND touched < ? ORDER BY touched DESC LIMIT ?`;
    const rows = this.#database.rows(sql, owner, page.before, page.limit);
    return { rows, total: this.#count(LISTED, owner) };
  }

  /** What was deleted by then cannot be restored. */
  #goneSince(): number {
    return this.#now() - RESTORE_PERIOD_MS;
  }

  #row(owner: string, id: string): SqlRow {
    const row = this.#database.row(OWN_CONVERSATION, owner, id);
    if (row === undefined) throw notFound("conversation", id);
    return row;
  }

  #messageRow(owner: string, id: string): SqlRow {
    const row = this.#database.row(`${OWN_MESSAGES} AND m.id = ?`, owner, id);
    if (row === undefined) throw notFound("message", id);
    return row;
  }

  #count(from: string, ...values: string[]): number {
    const row = this.#database.row(`SELECT count(*) AS total ${from}`, ...values);
    return row === undefined ? 0 : integerOf(row, "total");
  }
}
