import { spawn } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import Libsql from "libsql";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fullMessage } from "../../../src/errors.ts";
import { RESTORE_PERIOD_MS } from "../../../src/store/conversation-store.ts";
import { MIGRATIONS } from "../../../src/store/migrations/index.ts";
import { SqliteConversationStore } from "../../../src/store/sqlite-conversation-store.ts";
import { SqliteDatabase } from "../../../src/store/sqlite-database.ts";
import { migrate, schemaVersion } from "../../../src/store/sqlite-migrate.ts";
import { thrown } from "../../support/thrown.ts";

let folder: string;
let file: string;
beforeEach(() => {
  folder = path.join(mkdtempSync(path.join(tmpdir(), "footnote-sqlite-")), "data");
  file = path.join(folder, "conversations.db");
});
afterEach(() => rmSync(path.dirname(folder), { recursive: true }));

const open = (now = Date.now) => new SqliteConversationStore({ folder, now });

describe("the file", () => {
  it("is created in a folder for this user alone", () => {
    open().close();
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it("keeps everything over a restart, and leaves one file when closed", () => {
    const first = open();
    const { id } = first.create("ann", "kept");
    first.append("ann", id, { id: "m1", role: "user", text: "Why?" });
    first.close();
    first.close();
    expect(existsSync(`${file}-wal`) && statSync(`${file}-wal`).size > 0).toBe(false);
    const second = open();
    expect(second.messages("ann", id, { limit: 9 }).messages).toMatchObject([{ id: "m1", text: "Why?" }]);
    second.close();
  });

  it("serves two processes at once", () => {
    const [one, two] = [open(), open()];
    const { id } = one.create("ann", "shared");
    two.append("ann", id, { id: "m1", role: "user", text: "from two" });
    one.append("ann", id, { id: "m2", role: "user", text: "from one", parentId: "m1" });
    expect(two.thread("ann", "m2").map(({ text }) => text)).toEqual(["from two", "from one"]);
    one.close();
    two.close();
  });

  it("throws a plain error once closed", () => {
    const store = open();
    store.close();
    expect(thrown(() => store.list("ann", { limit: 1 })).message).toMatch(/is closed/);
  });
});

describe("a damaged file", () => {
  const fill = () => {
    const store = open();
    const { id } = store.create("ann", "a");
    for (let i = 0; i < 300; i++)
      store.append("ann", id, { id: `m${i}`, role: "user", text: "x".repeat(2000) });
    store.close();
  };

  it.each([
    ["no database", () => writeFileSync(file, "not a database ".repeat(1000))],
    ["cut in half", () => truncateSync(file, Math.floor(statSync(file).size / 8192) * 4096)],
    [
      "overwritten in the middle",
      () => {
        const bytes = readFileSync(file);
        writeFileSync(file, bytes.fill(0xff, 4096 * 3, 4096 * 40));
      },
    ],
  ])("that is %s is named, with the mend", (_, damage) => {
    fill();
    damage();
    const error = thrown(() => open());
    expect(error.code).toBe("internal");
    expect(error.message).toMatch(`The database ${file} is damaged: put a backup in its place`);
    expect(fullMessage(error).length).toBeGreaterThan(error.message.length);
  });

  it("that cannot be opened is named", () => {
    writeFileSync(folder, "a file where the folder should be");
    expect(thrown(() => open()).message).toMatch(
      `The database ${file} has no folder to be in: name a folder in DATA_DIR`,
    );
  });

  it("that is locked by another program is named", () => {
    open().close();
    const other = new Libsql(file);
    other.exec("BEGIN IMMEDIATE");
    expect(thrown(() => new SqliteConversationStore({ folder, busyTimeoutMs: 20 })).message).toMatch(
      `The database ${file} is locked: end the other program`,
    );
    other.exec("ROLLBACK");
    other.close();
  });
});

describe("a row that is not what was written", () => {
  it("is told, with where it is, and the other conversations stay", () => {
    const store = open();
    const [good, bad] = [store.create("ann", "good"), store.create("ann", "bad")];
    store.append("ann", good.id, { id: "g1", role: "user", text: "Why?" });
    store.append("ann", bad.id, { id: "b1", role: "user", text: "Why?" });
    store.close();
    const database = new SqliteDatabase(file);
    database.run(`UPDATE messages SET content = '{"text":"Wh' WHERE id = 'b1'`);
    database.close();
    const again = open();
    expect(again.message("ann", "g1").message.text).toBe("Why?");
    expect(thrown(() => again.message("ann", "b1"))).toMatchObject({
      code: "internal",
      message: expect.stringContaining('is damaged at content of "b1": put a backup in its place'),
    });
    again.close();
  });
});

describe("migrations", () => {
  it("refuse a database that a newer Footnote wrote, and leave it as it is", () => {
    open().close();
    const database = new SqliteDatabase(file);
    database.run("UPDATE schema_version SET version = 99");
    database.close();
    expect(thrown(() => open()).message).toMatch(
      /has schema version 99, this Footnote knows up to 2: start the newer Footnote/,
    );
  });

  it("keep every conversation when a later version adds to the schema", () => {
    const store = open();
    const { id } = store.create("ann", "kept");
    store.append("ann", id, { id: "m1", role: "user", text: "Why?" });
    store.close();
    const database = new SqliteDatabase(file);
    migrate(database, [...MIGRATIONS, "ALTER TABLE messages ADD COLUMN mood TEXT"]);
    expect(database.row("SELECT id, mood FROM messages")).toEqual({ id: "m1", mood: null });
    expect(schemaVersion(database)).toBe(MIGRATIONS.length + 1);
    database.close();
  });

  it("run each once, in order, and all or none", () => {
    const database = new SqliteDatabase(file);
    migrate(database, ["CREATE TABLE a (x)"]);
    expect(() => migrate(database, ["-- done", "CREATE TABLE b (x)", "CREATE TABLE oops ("])).toThrow(file);
    const tables = () =>
      database
        .rows("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        .map((row) => row.name);
    expect(tables()).toEqual(["a", "schema_version"]);
    migrate(database, ["-- done", "CREATE TABLE b (x)"]);
    migrate(database, ["-- done", "CREATE TABLE b (x)"]);
    expect(tables()).toEqual(["a", "b", "schema_version"]);
    expect(database.rows("SELECT version FROM schema_version")).toEqual([{ version: 2 }]);
    database.close();
  });
});

describe("purging", () => {
  it("removes what was deleted 30 days ago, long threads too, at open and at the next delete", () => {
    let time = 1_000_000_000_000;
    const store = open(() => time);
    const { id } = store.create("ann", "long");
    const parent = (i: number) => (i === 0 ? {} : { parentId: `m${i - 1}` });
    // Deeper than the 1,000 levels that a cascade may go.
    for (let i = 0; i < 1200; i++)
      store.append("ann", id, { id: `m${i}`, role: "user", text: "x", ...parent(i) });
    expect(store.thread("ann", "m1199")).toHaveLength(1200);
    store.remove("ann", id);
    time += RESTORE_PERIOD_MS - 1;
    store.close();
    open(() => time).close();
    expect(count("messages")).toBe(1200);
    time += 1;
    open(() => time).close();
    expect(count("messages")).toBe(0);
    expect(count("conversations")).toBe(0);
  });

  const count = (table: string) => {
    const database = new SqliteDatabase(file);
    const row = database.row(`SELECT count(*) AS n FROM ${table}`);
    database.close();
    return row?.n;
  };
});

it("keeps every acknowledged message when the process is killed", async () => {
  const writer = new URL("../../support/write-messages.ts", import.meta.url).pathname;
  const child = spawn(process.execPath, ["--import", "tsx", writer, folder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let acknowledged = 0;
  for await (const line of createInterface(child.stdout)) {
    acknowledged = Number(line);
    if (acknowledged === 50) child.kill("SIGKILL");
  }
  expect(acknowledged).toBeGreaterThanOrEqual(50);
  const store = open();
  const [conversation] = store.list("ann", { limit: 1 }).conversations;
  const { messages, total } = store.messages("ann", conversation!.id, { limit: 100_000 });
  expect(total).toBeGreaterThanOrEqual(acknowledged);
  expect(messages.map(({ text }) => text)).toEqual(Array.from({ length: total }, (_, i) => `text ${i + 1}`));
  store.close();
});
