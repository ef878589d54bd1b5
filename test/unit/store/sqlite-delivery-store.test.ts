import { expect, it, onTestFinished } from "vitest";
import { PENDING_MS, REMEMBERED_MS } from "../../../src/store/deliveries/delivery-store.ts";
import { SqliteDeliveryStore } from "../../../src/store/deliveries/sqlite-delivery-store.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

function setUp() {
  const folder = temporaryFolder();
  const time = { now: 1_700_000_000_000 };
  const open = () => {
    const store = new SqliteDeliveryStore({ folder, now: () => time.now });
    onTestFinished(() => store.close());
    return store;
  };
  return { time, open };
}

const delivery = (messageId: string, content = "{}") => ({ messageId, content });

it("takes a delivery whose keys are all new, for another process too", async () => {
  const { open } = setUp();
  const [one, other] = [open(), open()];
  expect(await one.take(["a", "b"], delivery("m1"))).toBe(true);
  expect(await other.take(["b", "c"], delivery("m2"))).toBe(false);
  expect([await other.knows("a"), await other.knows("c")]).toEqual([true, false]);
  expect(await other.pending()).toEqual([delivery("m1")]);
});

it("remembers for an hour, over a restart", async () => {
  const { open, time } = setUp();
  await open().take(["a"]);
  time.now += REMEMBERED_MS - 1;
  const store = open();
  expect(await store.take(["a"])).toBe(false);
  time.now += 1;
  expect(await store.knows("a")).toBe(false);
  expect(await store.take(["a"])).toBe(true);
});

it("keeps what is not finished in order, as it was last told, and for a day at most", async () => {
  const { open, time } = setUp();
  const store = open();
  for (const id of ["m1", "m2", "m3"]) await store.take([id], delivery(id));
  await store.update("m1", delivery("m4", '{"text":"\\u0000\\ud800"}'));
  await store.finish("m2");
  await store.update("m2", delivery("m2"));
  expect(await store.pending()).toEqual([delivery("m4", '{"text":"\\u0000\\ud800"}'), delivery("m3")]);
  time.now += PENDING_MS;
  expect(await open().pending()).toEqual([]);
});

it("knows a thread's conversation, and forgets an earlier one", async () => {
  const { open } = setUp();
  const store = open();
  expect(await store.conversationOf("t")).toBeUndefined();
  await store.linkThread("t", "c1");
  await store.linkThread("t", "c2");
  expect(await open().conversationOf("t")).toBe("c2");
});
