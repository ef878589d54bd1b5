/** The schema of the one database, how a file gets there, and what a file holds. */
import path from "node:path";
import { AppError } from "../../errors.ts";
import { integerOf, SqliteDatabase } from "./sqlite-database.ts";

/**
 * `title`, `content` and `feedback` hold JSON: libsql cuts a text that it reads at the first NUL and replaces lone
 * surrogates, JSON escapes both. `folded` is the same text in one case, for searching. `touched` counts uses, so
 * that the newest conversation is first even when the clock jumps; `seq` does the same for messages.
 * The parent is checked at commit only: a cascade along a long thread would exceed SQLite's depth of 1,000.
 */
const CONVERSATIONS = `
CREATE TABLE conversations (
  id TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  title TEXT NOT NULL,
  folded TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  touched INTEGER NOT NULL UNIQUE,
  deleted_at INTEGER
) STRICT;
CREATE INDEX conversations_by_use ON conversations (owner, touched) WHERE deleted_at IS NULL;
CREATE INDEX conversations_deleted ON conversations (deleted_at) WHERE deleted_at IS NOT NULL;

CREATE TABLE messages (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
  parent_id TEXT REFERENCES messages (id) DEFERRABLE INITIALLY DEFERRED,
  role TEXT NOT NULL CHECK (role IN ('user', 'assistant')),
  created_at INTEGER NOT NULL,
  content TEXT NOT NULL,
  folded TEXT NOT NULL,
  feedback TEXT
) STRICT;
CREATE INDEX messages_by_conversation ON messages (conversation_id, seq);
CREATE INDEX messages_by_parent ON messages (parent_id);
`;

/** Of chat apps (DeliveryStore). `content` holds JSON; `thread` is the chat app's own name of it. */
const DELIVERIES = `
CREATE TABLE delivery_keys (
  key TEXT PRIMARY KEY,
  taken_at INTEGER NOT NULL
) STRICT;
CREATE INDEX delivery_keys_by_age ON delivery_keys (taken_at);

CREATE TABLE deliveries (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  message_id TEXT NOT NULL UNIQUE,
  taken_at INTEGER NOT NULL,
  content TEXT NOT NULL
) STRICT;

CREATE TABLE threads (
  thread TEXT PRIMARY KEY,
  conversation_id TEXT NOT NULL
) STRICT;
`;

/**
 * What `sqlite-search.ts` finds conversations by, without reading them. A `place` is 18 bits of the owner's number, 26 of
 * the conversation's and 19 of the text in it, of which 0 is the title: the places of one owner, and of one conversation,
 * follow one another. Texts that have none yet wait in `search_queue`; here all do, and a conversation has none.
 * Both tables keep no text. Words of a deleted one go when their pieces are merged: `user_version` is 1 until then
 * (`secure-delete` makes quick_check of SQLite 3.45 find tables without text malformed).
 */
const SEARCH = `
ALTER TABLE conversations ADD COLUMN place INTEGER;
CREATE UNIQUE INDEX conversations_by_place ON conversations (place, deleted_at, touched) WHERE place IS NOT NULL;
CREATE INDEX conversations_to_place ON conversations (owner) WHERE place IS NULL;

CREATE TABLE search_owners (
  number INTEGER PRIMARY KEY CHECK (number < 1 << 18),
  owner TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE search_places (
  message INTEGER PRIMARY KEY REFERENCES messages (seq) ON DELETE CASCADE,
  place INTEGER NOT NULL UNIQUE
) STRICT;
CREATE TABLE search_queue (
  message INTEGER PRIMARY KEY REFERENCES messages (seq) ON DELETE CASCADE
) STRICT;
INSERT INTO search_queue (message) SELECT seq FROM messages;
CREATE TRIGGER messages_to_place AFTER INSERT ON messages BEGIN
  INSERT INTO search_queue (message) VALUES (new.seq);
END;

CREATE VIRTUAL TABLE search_text USING fts5 (
  text, content = '', columnsize = 0, tokenize = 'trigram case_sensitive 1'
);
CREATE VIRTUAL TABLE search_short USING fts5 (grams, content = '', columnsize = 0, detail = none, tokenize = 'ascii');
`;

/** The steps from an empty database to the present schema. One that has been released is never changed: add another. */
export const MIGRATIONS: readonly string[] = [CONVERSATIONS, DELIVERIES, SEARCH];

/**
 * Brings the schema to the version `migrations.length`, in one transaction: all steps or none.
 * @throws AppError (internal) when a newer Footnote has written the database.
 */
export function migrate(database: SqliteDatabase, migrations: readonly string[]): void {
  // A start that changes nothing needs no lock, which another program may hold.
  const before = schemaVersion(database);
  checkVersion(database, before, migrations.length);
  if (before === migrations.length) return;
  database.transaction(() => {
    database.script("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL) STRICT");
    const version = schemaVersion(database);
    checkVersion(database, version, migrations.length);
    if (version === migrations.length) return;
    for (const step of migrations.slice(version)) database.script(step);
    database.run("DELETE FROM schema_version");
    database.run("INSERT INTO schema_version (version) VALUES (?)", migrations.length);
  });
}

/** Migrations that the database has seen; 0 for an empty one. */
export function schemaVersion(database: SqliteDatabase): number {
  const table = database.row("SELECT name FROM sqlite_schema WHERE name = 'schema_version'");
  const row = table && database.row("SELECT version FROM schema_version");
  return row === undefined ? 0 : integerOf(row, "version");
}

/** @throws AppError (internal) when `version` is beyond what this Footnote knows */
function checkVersion({ file }: SqliteDatabase, version: number, known: number): void {
  if (version <= known) return;
  throw new AppError(
    "internal",
    `The database ${file} has schema version ${version}, this Footnote knows up to ${known}: ` +
      "start the newer Footnote that wrote it, or set DATA_DIR to another folder",
  );
}

/** What a database of conversations holds, deleted ones that can still be restored among it. */
export interface ConversationsInspection {
  readonly schemaVersion: number;
  /** The schema that this Footnote migrates to when it starts. */
  readonly newestVersion: number;
  readonly conversations: number;
  readonly messages: number;
}

/**
 * Checks the database `file` as a start would, and counts; does not migrate it.
 * @throws AppError (internal) that names the file when it cannot be opened, is damaged or from a newer Footnote
 */
export function inspectConversations(file: string): ConversationsInspection {
  const database = new SqliteDatabase(file);
  try {
    const version = schemaVersion(database);
    checkVersion(database, version, MIGRATIONS.length);
    const count = (table: string): number => {
      const row = version === 0 ? undefined : database.row(`SELECT count(*) AS total FROM ${table}`);
      return row === undefined ? 0 : integerOf(row, "total");
    };
    return {
      schemaVersion: version,
      newestVersion: MIGRATIONS.length,
      conversations: count("conversations"),
      messages: count("messages"),
    };
  } finally {
    database.close();
  }
}

/** The database of conversations below `dataFolder` (DATA_DIR). */
export function conversationsFile(dataFolder: string): string {
  return path.join(dataFolder, "conversations.db");
}
