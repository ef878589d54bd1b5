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
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fullMessage } from "../../../src/errors.ts";
import { SqliteConversationStore } from "../../../src/store/conversations/sqlite-conversation-store.ts";
import { MIGRATIONS, migrate, schemaVersion } from "../../../src/store/sqlite/schema.ts";
import { SqliteDatabase } from "../../../src/store/sqlite/sqlite-database.ts";
import { thrown } from "../../support/thrown.ts";
import { thrownBy } from "../../support/thrown-by.ts";

let folder: string;
let file: string;
beforeEach(() => {
  folder = path.join(mkdtempSync(path.join(tmpdir(), "footnote-sqlite-")), "data");
  file = path.join(folder, "conversations.db");
});
afterEach(() => rmSync(path.dirname(folder), { recursive: true }));

const open = () => new SqliteConversationStore({ folder });

describe("the file", () => {
  it("is created in a folder for this user alone", async () => {
    await open().close();
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it("keeps everything over a restart, and leaves one file when closed", async () => {
    const first = open();
    const { id } = await first.create("ann", "kept");
    await first.append("ann", id, [{ id: "m1", role: "user", text: "Why?" }]);
    await first.close();
    await first.close();
    expect(existsSync(`${file}-wal`) && statSync(`${file}-wal`).size > 0).toBe(false);
    const second = open();
    expect((await second.messages("ann", id, { limit: 9 })).messages).toMatchObject([
      { id: "m1", text: "Why?" },
    ]);
    await second.close();
  });

  it("serves two processes at once", async () => {
    const [one, two] = [open(), open()];
    const { id } = await one.create("ann", "shared");
    await two.append("ann", id, [{ id: "m1", role: "user", text: "from two" }]);
    await one.append("ann", id, [{ id: "m2", role: "user", text: "from one", parentId: "m1" }]);
    expect((await two.thread("ann", "m2", 9)).map(({ text }) => text)).toEqual(["from two", "from one"]);
    await one.close();
    await two.close();
  });

  it("throws a plain error once closed", async () => {
    const store = open();
    await store.close();
    expect((await thrownBy(() => store.list("ann", { limit: 1 }))).message).toMatch(/is closed/);
  });
});

describe("a damaged file", () => {
  const fill = async () => {
    const store = open();
    const { id } = await store.create("ann", "a");
    for (let i = 0; i < 300; i++)
      await store.append("ann", id, [{ id: `m${i}`, role: "user", text: "x".repeat(2000) }]);
    await store.close();
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
  ])("that is %s is named, with the fix", async (_, damage) => {
    await fill();
    damage();
    const error = thrown(() => open());
    expect(error.code).toBe("internal");
    expect(error.message).toMatch(`The database ${file} is damaged: put a backup in its place`);
    expect(fullMessage(error).length).toBeGreaterThan(error.message.length);
  });

  it("that cannot be opened is named", async () => {
    writeFileSync(folder, "a file where the folder should be");
    expect(thrown(() => open()).message).toMatch(
      `The database ${file} has no folder to be in: name a folder in DATA_DIR`,
    );
  });
});

describe("a row that is not what was written", () => {
  it("is told, with where it is, and the other conversations stay", async () => {
    const store = open();
    const [good, bad] = [await store.create("ann", "good"), await store.create("ann", "bad")];
    await store.append("ann", good.id, [{ id: "g1", role: "user", text: "Why?" }]);
    await store.append("ann", bad.id, [{ id: "b1", role: "user", text: "Why?" }]);
    await store.close();
    const database = new SqliteDatabase(file);
    database.run(`UPDATE messages SET content = '{"text":"Wh' WHERE id = 'b1'`);
    database.close();
    const again = open();
    expect((await again.message("ann", "g1")).message.text).toBe("Why?");
    expect(await thrownBy(() => again.message("ann", "b1"))).toMatchObject({
      code: "internal",
      message: expect.stringContaining('is damaged at content of "b1": put a backup in its place'),
    });
    await again.close();
  });
});

describe("migrations", () => {
  it("refuse a database that a newer Footnote wrote, and leave it as it is", async () => {
    await open().close();
    const database = new SqliteDatabase(file);
    database.run("UPDATE schema_version SET version = 99");
    database.close();
    expect(thrown(() => open()).message).toMatch(
      /has schema version 99, this Footnote knows up to 3: start the newer Footnote/,
    );
  });

  it("keep every conversation when a later version adds to the schema", async () => {
    const store = open();
    const { id } = await store.create("ann", "kept");
    await store.append("ann", id, [{ id: "m1", role: "user", text: "Why?" }]);
    await store.close();
    const database = new SqliteDatabase(file);
    migrate(database, [...MIGRATIONS, "ALTER TABLE messages ADD COLUMN mood TEXT"]);
    expect(database.row("SELECT id, mood FROM messages")).toEqual({ id: "m1", mood: null });
    expect(schemaVersion(database)).toBe(MIGRATIONS.length + 1);
    database.close();
  });

  it("run each once, in order, and all or none", async () => {
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
  const [conversation] = (await store.list("ann", { limit: 1 })).conversations;
  const { messages, total } = await store.messages("ann", conversation!.id, { limit: 100_000 });
  expect(total).toBeGreaterThanOrEqual(acknowledged);
  expect(messages.map(({ text }) => text)).toEqual(Array.from({ length: total }, (_, i) => `text ${i + 1}`));
  await store.close();
});
