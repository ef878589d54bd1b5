import { closeSync, mkdirSync, openSync } from "node:fs";
import path from "node:path";
import Libsql from "libsql";
import { AppError } from "../../errors.ts";
import { LockLine, type Patience } from "./lock-line.ts";
import { isDamage, lockedError, sqliteError } from "./sqlite-error.ts";

export type SqlRow = Readonly<Record<string, unknown>>;
export type SqlValue = string | number | null;

/** Milliseconds to wait for another process's write at the start, when nobody else waits for this one. */
const OPENING_BUSY_MS = 5000;

/**
 * One SQLite file through libsql, whose quirks end here: its `get` adds a `_metadata` column, so rows come from
 * `all`; its `close` leaves prepared statements working, so they are dropped first.
 * Every method throws AppError that names the file, busy when another program has locked it, else internal; constraint
 * violations keep SQLite's error as cause.
 */
export class SqliteDatabase {
  readonly file: string;
  readonly #database: Libsql.Database;
  readonly #statements = new Map<string, Libsql.Statement>();
  readonly #writers: LockLine;
  /** Readers have a line of their own: what keeps writers out seldom keeps them out. */
  readonly #readers: LockLine;

  /**
   * Opens `file`, creating it and its folder for this user alone.
   * @param lockWaitMs how long `reading` and `patiently` wait at the longest, where that is not the usual time
   */
  constructor(file: string, lockWaitMs?: number) {
    this.file = file;
    const line = () =>
      new LockLine({
        isLocked: (error) => error instanceof AppError && error.code === "busy",
        error: (waitedMs) => lockedError(file, waitedMs),
        longestMs: lockWaitMs,
      });
    this.#writers = line();
    this.#readers = line();
    this.#database = this.#guard(() => {
      makePrivate(file);
      return new Libsql(file, { timeout: OPENING_BUSY_MS });
    });
    try {
      this.#prepare();
    } catch (error) {
      this.#database.close();
      throw error;
    }
  }

  rows(sql: string, ...values: SqlValue[]): SqlRow[] {
    return this.#guard(() => this.#statement(sql).all(values) as SqlRow[]);
  }

  /** The first row, if there is one. */
  row(sql: string, ...values: SqlValue[]): SqlRow | undefined {
    return this.rows(sql, ...values)[0];
  }

  /** The number of rows changed. */
  run(sql: string, ...values: SqlValue[]): number {
    return this.#guard(() => this.#statement(sql).run(values).changes);
  }

  /** Several statements without values. */
  script(sql: string): void {
    this.#guard(() => this.#database.exec(sql));
  }

  /** From now on nothing holds up the event loop for another program's lock: SQLite sleeps in no try. */
  opened(): void {
    this.script("PRAGMA busy_timeout = 0");
  }

  /**
   * `work`, which writes nothing, again while another program keeps even readers out; the event loop goes on meanwhile.
   * @throws AppError busy when that took too long
   */
  reading<Result>(work: () => Result): Promise<Result> {
    return this.#readers.run(work);
  }

  /**
   * `work`, again while another program holds the lock that it needs, in turn with the others that wait; the event loop
   * goes on meanwhile.
   * @throws AppError busy when that took too long; the signal's reason
   */
  patiently<Result>(work: () => Result, patience?: Patience): Promise<Result> {
    return this.#writers.run(work, patience);
  }

  /**
   * All that `work` writes, or nothing when it throws.
   * @param powerCut whether it is to survive one, not only the kill of the process: that waits for the disk
   */
  transaction<Result>(work: () => Result, powerCut = true): Result {
    if (powerCut) return this.#transaction(work);
    this.script("PRAGMA synchronous = NORMAL");
    try {
      return this.#transaction(work);
    } finally {
      this.script("PRAGMA synchronous = FULL");
    }
  }

  #transaction<Result>(work: () => Result): Result {
    // IMMEDIATE takes the write lock now: a read turned into a write later fails at once when another process writes.
    this.script("BEGIN IMMEDIATE");
    try {
      const result = work();
      this.script("COMMIT");
      return result;
    } catch (error) {
      // SQLite has rolled back by itself after some errors, such as a full disk.
      if (this.#database.inTransaction) this.script("ROLLBACK");
      throw error;
    }
  }

  /**
   * Writes what is committed now to the new or empty `file`, for this user alone, while others read and write on.
   * @throws AppError (internal) that names the file at fault
   */
  copyTo(file: string): void {
    try {
      makePrivate(file);
      this.#database.prepare("VACUUM INTO ?").run(file);
    } catch (error) {
      throw sqliteError(error, isDamage(error) ? this.file : file);
    }
  }

  /** Folds the write-ahead log into the file. Calling it twice does no harm. */
  close(): void {
    if (!this.#database.open) return;
    this.#statements.clear();
    try {
      this.#database.exec("PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE)");
    } catch {
      // The log stays beside the file and is read at the next open.
    }
    this.#database.close();
  }

  #prepare(): void {
    this.script("PRAGMA journal_mode = WAL");
    // FULL syncs the log at every commit, so that a stored message survives a power cut; NORMAL would survive only the
    // kill of the process. Measured for messages of 30 kB: 0.26 ms a commit against 0.19 ms.
    this.script("PRAGMA synchronous = FULL");
    this.script("PRAGMA foreign_keys = ON");
    // What is deleted for good is overwritten.
    this.script("PRAGMA secure_delete = ON");
    // Finds a cut or overwritten file before anything is built on it: 85 ms for 277 MB. Not what a table of words means,
    // which would take a second, only that its pages are whole.
    const finding = this.row(
      `SELECT q.quick_check AS finding FROM sqlite_schema s, pragma_quick_check(s.name) q
       WHERE s.type = 'table' AND s.sql NOT LIKE 'CREATE VIRTUAL %' AND q.quick_check <> 'ok' LIMIT 1`,
    )?.finding;
    if (finding !== undefined) {
      throw sqliteError(Object.assign(new Error(String(finding)), { code: "SQLITE_CORRUPT" }), this.file);
    }
  }

  #statement(sql: string): Libsql.Statement {
    if (!this.#database.open) throw new AppError("internal", `The database ${this.file} is closed`);
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #guard<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      throw sqliteError(error, this.file);
    }
  }
}

/** SQLite gives its log and index files the rights of the database file. */
function makePrivate(file: string): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  closeSync(openSync(file, "a", 0o600));
}

export function integerOf(row: SqlRow, column: string): number {
  const value = row[column];
  if (typeof value !== "number") throw new TypeError(`column ${column} holds no number`);
  return value;
}
