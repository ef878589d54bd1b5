import { MIGRATIONS } from "./migrations/index.ts";
import { SqliteDatabase } from "./sqlite-database.ts";
import { checkVersion, schemaVersion } from "./sqlite-migrate.ts";
import { integerOf } from "./sqlite-rows.ts";

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
