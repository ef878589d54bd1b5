import { foldCase } from "../../util/strings.ts";
import { integerOf, type SqliteDatabase, type SqlRow, type SqlValue } from "../sqlite/sqlite-database.ts";

/** Places are told in migration 3. */
const TEXT_BITS = 19;
const CONVERSATION_BITS = 26;
const OWNER_BITS = TEXT_BITS + CONVERSATION_BITS;
/** Code points from which on the trigrams of a text find it. */
const TRIGRAM = 3;
/** Texts placed at once, with everybody waiting: up to 2 ms each on a busy machine. */
const PIECE = 16;
/**
 * Texts, and titles, that have no place yet and that a search reads, the newest: placing each when it is written takes as
 * long as storing it and writes 60 kB. As many as 64 answers that are being written, with their questions: up to 3 ms.
 */
const MOST_WAITING = 128;
/** Conversations that a search finds by their places and counts: 3 ms, whatever it looks for. */
const MOST_COUNTED = 1000;

/** Pages of a table merged at once: up to 10 ms. */
const MERGED_PAGES = 64;
const TABLES = ["search_text", "search_short"];

const OWN_PLACES = `BETWEEN (SELECT number FROM search_owners WHERE owner = ?2) << ${OWNER_BITS}
  AND ((SELECT number FROM search_owners WHERE owner = ?2) + 1 << ${OWNER_BITS}) - 1`;
const MATCHES =
  "(instr(c.folded, ?3) > 0 OR EXISTS (SELECT 1 FROM messages m WHERE m.conversation_id = c.id AND instr(m.folded, ?3) > 0))";
/**
 * What is found by its place: the conversations that were begun last, so many that a word of all of them takes no longer
 * than a rare one; and what has no place yet, which is read. Of more than that, those begun before and used since are read
 * too, until the page is full. Parameters: what to match, owner, text, before, limit, how many are counted.
 */
const search = (table: string): string => `WITH
  found AS MATERIALIZED (SELECT DISTINCT place FROM (
    SELECT rowid >> ${TEXT_BITS} << ${TEXT_BITS} AS place FROM ${table}
      WHERE ${table} MATCH ?1 AND rowid ${OWN_PLACES} ORDER BY rowid DESC LIMIT -1) LIMIT ?6 + 1),
  hits AS MATERIALIZED (
    SELECT c.rowid AS hit, c.touched FROM found CROSS JOIN conversations c ON c.place = found.place
      WHERE c.deleted_at IS NULL
    UNION SELECT c.rowid, c.touched FROM search_queue q CROSS JOIN messages m ON m.seq = q.message
      JOIN conversations c ON c.id = m.conversation_id
      WHERE c.owner = ?2 AND c.deleted_at IS NULL AND instr(m.folded, ?3) > 0
    UNION SELECT rowid, touched FROM conversations
      WHERE owner = ?2 AND place IS NULL AND deleted_at IS NULL AND instr(folded, ?3) > 0),
  newer AS MATERIALIZED (SELECT hit, touched FROM hits WHERE touched < ?4 ORDER BY touched DESC LIMIT ?5),
  older AS MATERIALIZED (SELECT c.rowid AS hit, c.touched FROM conversations c
    WHERE (SELECT count(*) FROM found) > ?6 AND c.owner = ?2 AND c.deleted_at IS NULL AND c.touched < ?4
      AND c.touched > coalesce((SELECT touched FROM newer ORDER BY touched DESC LIMIT 1 OFFSET ?5 - 1), 0)
      AND c.place < (SELECT min(place) FROM found) AND ${MATCHES}
    ORDER BY c.touched DESC LIMIT ?5),
  page AS (SELECT hit FROM (SELECT * FROM newer UNION SELECT * FROM older) ORDER BY touched DESC LIMIT ?5)
  SELECT c.id, c.title, c.created_at, c.updated_at, c.touched, t.total
  FROM (SELECT min(count(*), ?6) AS total FROM hits) t
  LEFT JOIN page ON true LEFT JOIN conversations c ON c.rowid = page.hit ORDER BY c.touched DESC`;
const SEARCH_TEXT = search("search_text");
const SEARCH_SHORT = search("search_short");

/** Absent: as the constants say. */
export interface SearchLimits {
  readonly mostWaiting: number;
  readonly mostCounted: number;
}

/** A text that can be found: the title of a conversation, or a message by its `seq`. */
type Place = { readonly title: string } | { readonly message: number };

/**
 * Finds conversations by any part of their texts: by their places, in step with those within each transaction, and by
 * reading what has none yet. Texts are as `searchable` gives them.
 */
export class SqliteSearch {
  readonly #database: SqliteDatabase;
  readonly #limits: SearchLimits;
  /** The tables that hold what was deleted. */
  #merging: { readonly table: string; begun: boolean }[] = TABLES.map((table) => ({ table, begun: false }));

  constructor(database: SqliteDatabase, limits: Partial<SearchLimits> = {}) {
    this.#database = database;
    this.#limits = { mostWaiting: MOST_WAITING, mostCounted: MOST_COUNTED, ...limits };
  }

  /**
   * Rows of conversations, the last used first, and how many there are in all, counted up to MOST_COUNTED.
   * @param text not empty
   */
  find(
    owner: string,
    text: string,
    { before, limit }: { readonly before: number; readonly limit: number },
  ): { rows: SqlRow[]; total: number } {
    const points = [...text];
    const [sql, match] =
      points.length < TRIGRAM
        ? [SEARCH_SHORT, gram(...points)]
        : [SEARCH_TEXT, `"${text.replaceAll('"', '""')}"`];
    const rows = this.#database.rows(sql, match, owner, text, before, limit, this.#limits.mostCounted);
    const [first] = rows;
    return {
      rows: rows.filter((row) => row.id !== null),
      total: first === undefined ? 0 : integerOf(first, "total"),
    };
  }

  /** @param old its title until now */
  changeTitle(id: string, old: string, title: string): void {
    this.#delete({ title: id }, old);
    this.#insert({ title: id }, title);
  }

  /** A message has another text: one of an answer that was taken for finished. @param old its text until now */
  changeMessage(seq: number, old: string, text: string): void {
    this.#delete({ message: seq }, old);
    this.#insert({ message: seq }, text);
  }

  /** A message is deleted. */
  removeMessage(seq: number, text: string): void {
    this.#delete({ message: seq }, text);
    this.#database.run("DELETE FROM search_places WHERE message = ?", seq);
  }

  removeTitle(id: string, title: string): void {
    this.#delete({ title: id }, title);
  }

  /** Texts have been deleted for good: their words are to go from the tables too. */
  deletedForGood(): void {
    this.#database.script("PRAGMA user_version = 1");
    this.#merging = TABLES.map((table) => ({ table, begun: false }));
  }

  get holdsDeleted(): boolean {
    return this.#database.row("PRAGMA user_version")?.user_version === 1;
  }

  /** Merges a piece of the tables, which leaves out what was deleted. */
  mergeSome(): void {
    const [next] = this.#merging;
    if (next === undefined) {
      this.#merging = TABLES.map((table) => ({ table, begun: false }));
      this.#database.script("PRAGMA user_version = 0");
      return;
    }
    const { table, begun } = next;
    const before = this.#changes();
    // Below zero it begins to merge all there is into one.
    const pages = begun ? MERGED_PAGES : -MERGED_PAGES;
    this.#database.run(`INSERT INTO ${table} (${table}, rank) VALUES ('merge', ?)`, pages);
    next.begun = true;
    // The command itself counts as one.
    if (this.#changes() - before < 2) this.#merging.shift();
  }

  #changes(): number {
    const row = this.#database.row("SELECT total_changes() AS changes");
    return row === undefined ? 0 : integerOf(row, "changes");
  }

  isPlaced(seq: number): boolean {
    return this.#database.row("SELECT 1 FROM search_places WHERE message = ?", seq) !== undefined;
  }

  /** Whether more texts wait for a place than a search should read. */
  get isBehind(): boolean {
    return this.#waitsMore("search_queue") || this.#waitsMore("conversations WHERE place IS NULL");
  }

  #waitsMore(from: string): boolean {
    return (
      this.#database.row(`SELECT 1 FROM ${from} LIMIT 1 OFFSET ?`, this.#limits.mostWaiting) !== undefined
    );
  }

  /** Places a few of the texts that wait, the oldest. */
  placeSome(): void {
    if (this.#waitsMore("conversations WHERE place IS NULL")) {
      const sql = "SELECT id, owner, folded FROM conversations WHERE place IS NULL ORDER BY touched LIMIT ?";
      for (const row of this.#database.rows(sql, PIECE)) this.#placeConversation(row);
      return;
    }
    const rows = this.#database.rows(
      `SELECT m.seq, m.folded, m.conversation_id FROM search_queue q CROSS JOIN messages m ON m.seq = q.message
       ORDER BY q.message LIMIT ?`,
      PIECE,
    );
    for (const row of rows) this.#placeMessage(row);
  }

  #placeConversation({ id, owner, folded }: SqlRow): void {
    this.#database.run("INSERT OR IGNORE INTO search_owners (owner) VALUES (?)", String(owner));
    this.#database.run(
      `UPDATE conversations SET place = (SELECT coalesce(
         (SELECT max(place) FROM conversations WHERE place ${OWN_PLACES}) + (1 << ${TEXT_BITS}),
         number << ${OWNER_BITS}) FROM search_owners WHERE owner = ?2) WHERE id = ?1`,
      ...[String(id), String(owner)],
    );
    this.#insert({ title: String(id) }, String(folded));
  }

  #placeMessage(row: SqlRow): void {
    const sql = "SELECT id, owner, folded FROM conversations WHERE id = ? AND place IS NULL";
    const conversation = this.#database.row(sql, String(row.conversation_id));
    if (conversation !== undefined) this.#placeConversation(conversation);
    const seq = integerOf(row, "seq");
    const placed = this.#database.run(
      `INSERT INTO search_places (message, place)
       SELECT ?1, 1 + coalesce((SELECT max(place) FROM search_places
         WHERE place BETWEEN c.place AND c.place + (1 << ${TEXT_BITS}) - 2), c.place)
       FROM conversations c WHERE c.id = ?2 ON CONFLICT DO NOTHING`,
      ...[seq, String(row.conversation_id)],
    );
    // Past half a million texts a conversation has no place left.
    if (placed > 0) this.#insert({ message: seq }, String(row.folded));
    this.#database.run("DELETE FROM search_queue WHERE message = ?", seq);
  }

  #insert(place: Place, text: string): void {
    const [from, id] = source(place);
    this.#database.run(`INSERT INTO search_text (rowid, text) SELECT place, ? ${from}`, text, id);
    this.#database.run(`INSERT INTO search_short (rowid, grams) SELECT place, ? ${from}`, grams(text), id);
  }

  #delete(place: Place, text: string): void {
    const [from, id] = source(place);
    const sql = (table: string, column: string) =>
      `INSERT INTO ${table} (${table}, rowid, ${column}) SELECT 'delete', place, ? ${from}`;
    this.#database.run(sql("search_text", "text"), text, id);
    this.#database.run(sql("search_short", "grams"), grams(text), id);
  }
}

/** A text as it is looked for: in one case, without NUL, at which SQLite's text functions stop, and lone surrogates. */
export function searchable(text: string): string {
  return foldCase(text)
    .replaceAll("\0", " ")
    .replace(/\p{Surrogate}/gu, "\ufffd");
}

function source(place: Place): [from: string, id: SqlValue] {
  return "title" in place
    ? ["FROM conversations WHERE id = ? AND place IS NOT NULL", place.title]
    : ["FROM search_places WHERE message = ?", place.message];
}

/** One or two code points as a word of ASCII. */
function gram(...points: string[]): string {
  return points.map((point) => point.codePointAt(0)?.toString(16)).join("x");
}

/** Each code point and each two that follow one another: what a text of one or two is found by. */
function grams(text: string): string {
  const all = new Set<string>();
  let before = "";
  for (const point of text) {
    all.add(gram(point));
    if (before !== "") all.add(gram(before, point));
    before = point;
  }
  return [...all].join(" ");
}
