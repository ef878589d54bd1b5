import { AppError } from "../errors.ts";
import type { SqliteDatabase } from "./sqlite-database.ts";
import { integerOf } from "./sqlite-rows.ts";

/**
 * Brings the schema to the version `migrations.length`, in one transaction: all steps or none.
 * @throws AppError (internal) when a newer Footnote has written the database.
 */
export function migrate(database: SqliteDatabase, migrations: readonly string[]): void {
  database.transaction(() => {
    database.script("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL) STRICT");
    const row = database.row("SELECT version FROM schema_version");
    const version = row === undefined ? 0 : integerOf(row, "version");
    if (version > migrations.length) throw tooNew(database.file, version, migrations.length);
    if (version === migrations.length) return;
    for (const step of migrations.slice(version)) database.script(step);
    database.run("DELETE FROM schema_version");
    database.run("INSERT INTO schema_version (version) VALUES (?)", migrations.length);
  });
}

function tooNew(file: string, version: number, known: number): AppError {
  return new AppError(
    "internal",
    `The database ${file} has schema version ${version}, this Footnote knows up to ${known}: ` +
      "start the newer Footnote that wrote it, or set DATA_DIR to another folder",
  );
}
