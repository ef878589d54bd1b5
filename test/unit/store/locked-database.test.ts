import path from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import Libsql from "libsql";
import { expect, it, onTestFinished } from "vitest";
import { AppError, fullMessage, toProblem } from "../../../src/errors.ts";
import { SqliteConversationStore } from "../../../src/store/conversations/sqlite-conversation-store.ts";
import { SqliteDeliveryStore } from "../../../src/store/deliveries/sqlite-delivery-store.ts";
import { SqliteDatabase } from "../../../src/store/sqlite/sqlite-database.ts";
import { sampleAnswer } from "../../support/sample-answer.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { thrownBy } from "../../support/thrown-by.ts";

/** A store with a conversation, and another program that holds the lock on it. */
async function locked(lockWaitMs?: number) {
  const folder = temporaryFolder();
  const open = () => {
    const store = new SqliteConversationStore({
      folder,
      ...(lockWaitMs === undefined ? {} : { lockWaitMs }),
    });
    onTestFinished(() => store.close());
    return store;
  };
  const store = open();
  const cut = { id: "a", role: "assistant" as const, text: "", cut: true as const };
  const { id } = await store.create("ann", "a", [cut]);
  await store.settled();
  const other = new Libsql(path.join(folder, "conversations.db"));
  onTestFinished(() => void other.close());
  other.exec("BEGIN IMMEDIATE");
  return { folder, store, id, open, free: () => other.exec("ROLLBACK") };
}

/** Turns of the event loop until `work` settles. */
async function turnsUntil(work: Promise<unknown>): Promise<number> {
  let over = false;
  let turns = 0;
  const end = () => {
    over = true;
  };
  void work.then(end, end);
  for (; !over; turns++) await nextTurn();
  return turns;
}

it("is read on, and a start that changes nothing needs no lock", async () => {
  const { store, id, open } = await locked();
  expect((await store.list("ann", { limit: 9, query: "a" })).total).toBe(1);
  expect((await open().get("ann", id)).title).toBe("a");
});

it("keeps writes waiting while the event loop goes on, and lets them through in their order", async () => {
  const { store, id, free } = await locked();
  const done: string[] = [];
  const say = (name: string) =>
    store.append("ann", id, [{ id: name, role: "user", text: name }]).then(() => done.push(name));
  const names = ["m1", "m2", "m3", "m4"];
  const writes = Promise.all(names.map(say));
  for (let turns = 0; turns < 50; turns++) await nextTurn();
  expect(done).toEqual([]);
  free();
  await writes;
  expect(done).toEqual(names);
  expect((await store.messages("ann", id, { limit: 9 })).messages.map((message) => message.id)).toEqual([
    "a",
    ...names,
  ]);
  expect((await store.rename("ann", id, "b")).title).toBe("b");
});

it("is named after a while, with what to do, and where it is for the log alone", async () => {
  const { folder, store, id } = await locked(1200);
  const writes = [store.rename("ann", id, "b"), store.remove("ann", id), store.create("ann", "c")];
  const errors = Promise.all(writes.map((write) => thrownBy(() => write)));
  // One try alone holds up the event loop for a moment.
  expect(await turnsUntil(errors)).toBeGreaterThan(10);
  for (const error of await errors) {
    expect(toProblem(error).error).toEqual({
      code: "busy",
      message:
        "The database conversations.db has been locked for 1 s by another program: end that program, or try again",
      retryable: true,
    });
    expect(fullMessage(error)).toContain(path.join(folder, "conversations.db"));
  }
  expect((await store.get("ann", id)).title).toBe("a");
});

it("is not waited for by who does not want to, nor once a signal has aborted", async () => {
  const { store, id, free } = await locked();
  const answer = { ...sampleAnswer("a", id, "q"), cut: true as const };
  expect((await thrownBy(() => store.write("ann", "a", answer, { wait: false }))).code).toBe("busy");
  const stopping = new AbortController();
  const write = store.rename("ann", id, "b", { signal: stopping.signal });
  const behind = store.rename("ann", id, "c");
  expect((await thrownBy(() => store.write("ann", "a", answer, { wait: false }))).code).toBe("busy");
  stopping.abort(new Error("enough"));
  await expect(write).rejects.toThrow("enough");
  free();
  expect((await behind).title).toBe("c");
});

it("keeps what comes from a chat app waiting the same way", async () => {
  const { folder, free } = await locked();
  const deliveries = new SqliteDeliveryStore({ folder });
  onTestFinished(() => deliveries.close());
  const taken = deliveries.take(["k"], { messageId: "m", content: "{}" });
  for (let turns = 0; turns < 50; turns++) await nextTurn();
  expect(await deliveries.knows("k")).toBe(false);
  free();
  expect(await taken).toBe(true);
  expect(await deliveries.pending()).toEqual([{ messageId: "m", content: "{}" }]);
});

it("is waited for by who reads, too, with the event loop free", async () => {
  const database = new SqliteDatabase(path.join(temporaryFolder(), "read.db"));
  onTestFinished(() => database.close());
  database.opened();
  let tries = 0;
  const read = database.reading(() => {
    tries += 1;
    if (tries < 4) throw new AppError("busy", "another program keeps readers out");
    return database.row("SELECT 1 AS one")?.one;
  });
  const behind = database.reading(() => tries);
  expect(await turnsUntil(read)).toBeGreaterThan(3);
  expect(await read).toBe(1);
  expect(await behind).toBe(4);
});
