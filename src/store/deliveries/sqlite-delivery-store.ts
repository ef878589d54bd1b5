import { conversationsFile, MIGRATIONS, migrate } from "../sqlite/schema.ts";
import { SqliteDatabase } from "../sqlite/sqlite-database.ts";
import { type Delivery, type DeliveryStore, PENDING_MS, REMEMBERED_MS } from "./delivery-store.ts";

/** Milliseconds: Slack waits three seconds for word that its event was taken. */
const LOCK_WAIT_MS = 2500;

interface Options {
  /** DATA_DIR; created when it is not there, for this user alone. */
  readonly folder: string;
  /** Milliseconds since 1970: what is remembered outlives the process, so no other clock will do. */
  readonly now?: () => number;
}

/** Deliveries beside the conversations that they lead to, in `conversations.db`: one file to back up. */
export class SqliteDeliveryStore implements DeliveryStore {
  readonly #database: SqliteDatabase;
  readonly #now: () => number;

  /** @throws AppError (internal) when the file cannot be opened, is damaged, or a newer Footnote wrote it */
  constructor({ folder, now = Date.now }: Options) {
    this.#now = now;
    this.#database = new SqliteDatabase(conversationsFile(folder), LOCK_WAIT_MS);
    try {
      migrate(this.#database, MIGRATIONS);
      // Kept over the kill of the process. A power cut may take the last moment's: fifty questions at once would wait
      // for the disk fifty times before the last is acknowledged.
      this.#database.script("PRAGMA synchronous = NORMAL");
      this.#database.opened();
    } catch (error) {
      this.#database.close();
      throw error;
    }
  }

  take(keys: readonly string[], delivery?: Delivery): Promise<boolean> {
    return this.#write(() => {
      const now = this.#now();
      this.#database.run("DELETE FROM deliveries WHERE taken_at <= ?", now - PENDING_MS);
      this.#database.run("DELETE FROM delivery_keys WHERE taken_at <= ?", now - REMEMBERED_MS);
      if (keys.some((key) => this.#knows(key))) return false;
      for (const key of new Set(keys)) {
        // One that is past its time, as after a clock was set back and forth, is taken again.
        this.#database.run("INSERT OR REPLACE INTO delivery_keys (key, taken_at) VALUES (?, ?)", key, now);
      }
      if (delivery !== undefined) {
        this.#database.run(
          "INSERT INTO deliveries (message_id, taken_at, content) VALUES (?, ?, ?)",
          ...[delivery.messageId, now, delivery.content],
        );
      }
      return true;
    });
  }

  knows(key: string): Promise<boolean> {
    return this.#database.reading(() => this.#knows(key));
  }

  async update(messageId: string, delivery: Delivery): Promise<void> {
    await this.#write(() =>
      this.#database.run(
        "UPDATE deliveries SET message_id = ?, content = ? WHERE message_id = ?",
        ...[delivery.messageId, delivery.content, messageId],
      ),
    );
  }

  async finish(messageId: string): Promise<void> {
    await this.#write(() => this.#database.run("DELETE FROM deliveries WHERE message_id = ?", messageId));
  }

  async pending(): Promise<Delivery[]> {
    const sql = "SELECT message_id, content FROM deliveries WHERE taken_at > ? ORDER BY seq";
    const rows = await this.#database.reading(() => this.#database.rows(sql, this.#now() - PENDING_MS));
    return rows.map((row) => ({ messageId: String(row.message_id), content: String(row.content) }));
  }

  async conversationOf(thread: string): Promise<string | undefined> {
    const sql = "SELECT conversation_id FROM threads WHERE thread = ?";
    const row = await this.#database.reading(() => this.#database.row(sql, thread));
    return row === undefined ? undefined : String(row.conversation_id);
  }

  async linkThread(thread: string, conversationId: string): Promise<void> {
    await this.#write(() =>
      this.#database.run(
        "INSERT OR REPLACE INTO threads (thread, conversation_id) VALUES (?, ?)",
        ...[thread, conversationId],
      ),
    );
  }

  async close(): Promise<void> {
    this.#database.close();
  }

  #knows(key: string): boolean {
    const sql = "SELECT 1 FROM delivery_keys WHERE key = ? AND taken_at > ?";
    return this.#database.row(sql, key, this.#now() - REMEMBERED_MS) !== undefined;
  }

  #write<Result>(work: () => Result): Promise<Result> {
    return this.#database.patiently(() => this.#database.transaction(work));
  }
}
