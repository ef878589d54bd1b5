import path from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { RESTORE_PERIOD_MS } from "../../../src/store/conversations/conversation-store.ts";
import { SqliteConversationStore } from "../../../src/store/conversations/sqlite-conversation-store.ts";
import { MIGRATIONS, migrate } from "../../../src/store/sqlite/schema.ts";
import { SqliteDatabase } from "../../../src/store/sqlite/sqlite-database.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { thrownBy } from "../../support/thrown-by.ts";

function setUp() {
  const folder = temporaryFolder();
  const time = { now: 1_000_000_000_000 };
  const open = () => {
    const store = new SqliteConversationStore({
      folder,
      now: () => time.now,
      searchLimits: { mostWaiting: 9 },
    });
    onTestFinished(() => store.close());
    return store;
  };
  const database = () => new SqliteDatabase(path.join(folder, "conversations.db"));
  const count = (sql: string) => {
    const opened = database();
    const row = opened.row(`SELECT count(*) AS n FROM ${sql}`);
    opened.close();
    return row?.n;
  };
  return { folder, time, open, database, count };
}

/** `count` conversations of a question and an answer, deleted so long ago that they go. */
async function expired(store: SqliteConversationStore, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 0; i < count; i++) {
    const { id } = await store.create("ann", `gone ${i}`, [
      { id: `q${i}`, role: "user", text: "zyxomatic quandary" },
      { id: `a${i}`, parentId: `q${i}`, role: "assistant", text: `zyxomatic reply ${i}` },
    ]);
    await store.remove("ann", id);
    ids.push(id);
  }
  return ids;
}

describe("deleting for good", () => {
  it("removes what was deleted 30 days ago, long threads too, at open and after the next delete", async () => {
    const { open, time, count } = setUp();
    const store = open();
    const { id } = await store.create("ann", "long");
    const parent = (i: number) => (i === 0 ? {} : { parentId: `m${i - 1}` });
    // Deeper than the 1,000 levels that a cascade may go.
    for (let i = 0; i < 1200; i++)
      await store.append("ann", id, [{ id: `m${i}`, role: "user", text: "x", ...parent(i) }]);
    expect(await store.thread("ann", "m1199", 2000)).toHaveLength(1200);
    await store.remove("ann", id);
    time.now += RESTORE_PERIOD_MS - 1;
    await store.settled();
    await store.close();
    await open().settled();
    expect(count("messages")).toBe(1200);
    time.now += 1;
    const again = open();
    await again.settled();
    expect([count("messages"), count("conversations")]).toEqual([0, 0]);
    const other = await again.create("ann", "other");
    await again.remove("ann", other.id);
    time.now += RESTORE_PERIOD_MS;
    await again.remove("ann", (await again.create("ann", "third")).id);
    await again.settled();
    expect(count("conversations")).toBe(1);
  });

  it("lets others through between its pieces, and ends whatever it is closed within", async () => {
    const { open, time, count } = setUp();
    const store = open();
    const ids = await expired(store, 150);
    const kept = await store.create("ann", "kept", [{ id: "k", role: "user", text: "still here" }]);
    await store.close();
    time.now += RESTORE_PERIOD_MS;
    const closed = open();
    for (let before = count("messages"), pieces = 0; pieces < 2; await nextTurn()) {
      const now = count("messages");
      if (now === before) continue;
      pieces += 1;
      before = now;
      expect((await closed.message("ann", "k")).message.text).toBe("still here");
    }
    await closed.close();
    const left = Number(count("messages"));
    expect(left).toBeGreaterThan(1);
    expect(left).toBeLessThan(301);
    // What has begun to go does not come back, not even with the clock set back.
    time.now -= RESTORE_PERIOD_MS;
    const back = open();
    const codes = await Promise.all(
      ids.map((id) =>
        back.restore("ann", id).then(
          () => "restored",
          ({ code }) => code,
        ),
      ),
    );
    expect(new Set(codes)).toEqual(new Set(["restored", "not_found"]));
    for (const [at, code] of codes.entries()) {
      if (code === "restored") {
        expect((await back.messages("ann", ids[at] ?? "", { limit: 9 })).total).toBe(2);
        await back.remove("ann", ids[at] ?? "");
      }
    }
    time.now += RESTORE_PERIOD_MS;
    await back.close();
    await open().settled();
    expect([count("messages"), count("conversations")]).toEqual([1, 1]);
    expect(kept.title).toBe("kept");
  });

  it("leaves no word of it in what searches go by", async () => {
    const { open, time, database } = setUp();
    const store = open();
    await expired(store, 3);
    const filler = Array.from({ length: 20 }, (_, i) => ({
      id: `f${i}`,
      role: "user" as const,
      text: "walks",
    }));
    await store.create("ann", "walks", filler);
    for (let i = 0; i < 20; i++) await store.create("ann", "more walks");
    await store.settled();
    time.now += RESTORE_PERIOD_MS;
    await store.remove("ann", (await store.create("ann", "another")).id);
    await store.settled();
    expect((await store.list("ann", { limit: 9, query: "walk" })).total).toBe(21);
    await store.close();
    const opened = database();
    for (const [table, gone, kept] of [
      ["search_text", "ZYX", "WAL"],
      ["search_short", "5ax59", "57x41"],
    ]) {
      opened.script(`CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab (main, ${table}, 'row')`);
      const terms = opened.rows("SELECT term FROM temp.vocabulary").map(({ term }) => term);
      expect(terms).toContain(kept);
      expect(terms).not.toContain(gone);
      opened.script("DROP TABLE temp.vocabulary");
    }
    expect(
      opened.row(
        "SELECT count(*) AS n FROM search_places p LEFT JOIN messages m ON m.seq = p.message WHERE m.id IS NULL",
      )?.n,
    ).toBe(0);
    opened.close();
  });

  it("tells what goes wrong, and the store goes on", async () => {
    const { folder, open, time, database } = setUp();
    const first = open();
    await expired(first, 1);
    await first.close();
    const broken = database();
    broken.script("CREATE TRIGGER no BEFORE DELETE ON messages BEGIN SELECT RAISE(ABORT, 'refused'); END");
    broken.close();
    time.now += RESTORE_PERIOD_MS;
    const errors: unknown[] = [];
    const store = new SqliteConversationStore({
      folder,
      now: () => time.now,
      onError: (error) => errors.push(error),
    });
    onTestFinished(() => store.close());
    await store.settled();
    expect(errors).toMatchObject([{ code: "internal" }]);
    expect((await store.create("ann", "new")).title).toBe("new");
  });
});

describe("a database of an earlier Footnote", () => {
  async function earlier(conversations: number) {
    const { database, ...rest } = setUp();
    const old = database();
    migrate(old, MIGRATIONS.slice(0, 2));
    for (let i = 0; i < conversations; i++) {
      old.run(
        "INSERT INTO conversations (id, owner, title, folded, created_at, updated_at, touched) VALUES (?, ?, ?, ?, 0, 0, ?)",
        ...[`c${i}`, i % 2 === 0 ? "ann" : "bob", JSON.stringify(`Title ${i}`), `TITLE ${i}`, i + 1],
      );
      old.run(
        "INSERT INTO messages (id, conversation_id, role, created_at, content, folded) VALUES (?, ?, 'user', 0, ?, ?)",
        ...[`m${i}`, `c${i}`, JSON.stringify({ text: `检索 number ${i}.` }), `检索 NUMBER ${i}.`],
      );
    }
    old.close();
    return { database, ...rest };
  }

  it("is searched at once, and the same after all of it has its place", async () => {
    const { open, count } = await earlier(101);
    const store = open();
    const found = () =>
      Promise.all(
        ["number 42.", "title 4", "检索", "索", "number 43.", "nowhere"].map((query) =>
          store.list("ann", { limit: 3, query }),
        ),
      );
    const before = await found();
    expect(before.map(({ total }) => total)).toEqual([1, 6, 51, 51, 0, 0]);
    expect(before[1]?.conversations.map(({ title }) => title)).toEqual(["Title 48", "Title 46", "Title 44"]);
    await store.settled();
    expect(await found()).toEqual(before);
    const [waiting, placed] = [Number(count("search_queue")), Number(count("search_places"))];
    expect(waiting + placed).toBe(101);
    expect(waiting).toBeLessThan(10);
  });

  it("may be renamed, added to and deleted before it has its place", async () => {
    const { open, time, count } = await earlier(20);
    const store = open();
    await store.rename("ann", "c0", "renamed");
    await store.append("ann", "c0", [{ id: "new", role: "user", text: "added" }]);
    await store.remove("bob", "c1");
    for (const query of ["renamed", "added", "number 0"])
      expect((await store.list("ann", { limit: 3, query })).total, query).toBe(1);
    time.now += RESTORE_PERIOD_MS;
    await store.remove("ann", "c2");
    await store.settled();
    for (const query of ["renamed", "added", "number 0"])
      expect((await store.list("ann", { limit: 3, query })).total, query).toBe(1);
    for (const query of ["title 0", "title 2"])
      expect((await store.list("ann", { limit: 3, query })).total, query).toBe(0);
    expect((await store.list("ann", { limit: 3, query: "title 4" })).total).toBe(1);
    expect(count("messages")).toBe(20);
    expect((await thrownBy(() => store.restore("bob", "c1"))).code).toBe("not_found");
  });
});
