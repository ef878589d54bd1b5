import { AppError } from "../errors.ts";
import type { SqliteDatabase } from "./sqlite-database.ts";
import { integerOf } from "./sqlite-rows.ts";

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
export function checkVersion({ file }: SqliteDatabase, version: number, known: number): void {
  if (version <= known) return;
  throw new AppError(
    "internal",
    `The database ${file} has schema version ${version}, this Footnote knows up to ${known}: ` +
      "start the newer Footnote that wrote it, or set DATA_DIR to another folder",
  );
}
