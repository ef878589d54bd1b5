import { setTimeout as sleep } from "node:timers/promises";
import { integerOf, type SqliteDatabase } from "../sqlite/sqlite-database.ts";
import { RESTORE_PERIOD_MS } from "./conversation-store.ts";
import type { SqliteSearch } from "./sqlite-search.ts";

/** Messages deleted for good at once, with everybody waiting: up to 2 ms each on a busy machine. */
const PIECE = 16;
/** Milliseconds between two pieces, for those who wait. */
const PAUSE_MS = 5;
/** No time at which anything was deleted: what has begun to go cannot be restored, whatever the clock says. */
const GOING = 0;

interface Options {
  readonly database: SqliteDatabase;
  readonly search: SqliteSearch;
  readonly now: () => number;
  readonly onError: (error: unknown) => void;
}

/**
 * What is done in the background, in pieces: deleting for good what was deleted long ago, and placing texts that a search
 * has to read until then. Each piece is whole in itself: a kill leaves the rest to the next start.
 */
export class SqliteUpkeep {
  readonly #options: Options;
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Begins, if there is something to do. */
  start(): void {
    if (this.#running !== undefined || this.#stopping.signal.aborted) return;
    this.#running = this.#run()
      .catch((error: unknown) => {
        if (!this.#stopping.signal.aborted) this.#options.onError(error);
      })
      .finally(() => {
        this.#running = undefined;
      });
  }

  async settled(): Promise<void> {
    await this.#running;
  }

  stop(): void {
    this.#stopping.abort();
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    const { database } = this.#options;
    for (;;) {
      const piece = await database.reading(() => this.#next());
      if (piece === undefined) return;
      await sleep(PAUSE_MS, undefined, { signal });
      await database.patiently(() => database.transaction(piece, false), { signal });
    }
  }

  #next(): (() => void) | undefined {
    const { search } = this.#options;
    if (this.#expired() !== undefined) return () => this.#deleteSome();
    if (search.isBehind) return () => search.placeSome();
    return search.holdsDeleted ? () => search.mergeSome() : undefined;
  }

  #expired(): string | undefined {
    const { database, now } = this.#options;
    const sql = "SELECT id FROM conversations WHERE deleted_at <= ? ORDER BY deleted_at LIMIT 1";
    const row = database.row(sql, now() - RESTORE_PERIOD_MS);
    return row === undefined ? undefined : String(row.id);
  }

  #deleteSome(): void {
    this.#options.search.deletedForGood();
    for (let left = PIECE; left > 0; ) {
      const id = this.#expired();
      if (id === undefined) return;
      // One without messages is work too.
      left -= 1 + this.#deleteMessages(id, left);
    }
  }

  /**
   * The newest first: those before them are their parents. The conversation goes with the last of them.
   * @returns how many
   */
  #deleteMessages(id: string, most: number): number {
    const { database, search } = this.#options;
    database.run("UPDATE conversations SET deleted_at = ? WHERE id = ?", GOING, id);
    const rows = database.rows(
      "SELECT seq, folded FROM messages WHERE conversation_id = ? ORDER BY seq DESC LIMIT ?",
      ...[id, most],
    );
    for (const row of rows) {
      const seq = integerOf(row, "seq");
      search.removeMessage(seq, String(row.folded));
      database.run("DELETE FROM messages WHERE seq = ?", seq);
    }
    if (rows.length === most) return most;
    const title = database.row("SELECT folded FROM conversations WHERE id = ?", id);
    if (title !== undefined) search.removeTitle(id, String(title.folded));
    database.run("DELETE FROM conversations WHERE id = ?", id);
    return rows.length;
  }
}
