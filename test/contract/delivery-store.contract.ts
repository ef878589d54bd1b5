import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type DeliveryStore, PENDING_MS, REMEMBERED_MS } from "../../src/store/deliveries/delivery-store.ts";

/** What stands behind a store: each that is opened finds what the others wrote. */
type Behind = (now: () => number) => { open: () => DeliveryStore };

const delivery = (messageId: string, content = "{}") => ({ messageId, content });

/** What every DeliveryStore keeps, whatever it is made of. */
export function deliveryStoreContract(name: string, behind: Behind): void {
  describe(`${name} keeps the contract of DeliveryStore`, () => {
    let now: number;
    let opened: DeliveryStore[];
    let open: () => DeliveryStore;

    beforeEach(() => {
      now = 1_700_000_000_000;
      opened = [];
      const made = behind(() => now);
      open = () => {
        const store = made.open();
        opened.push(store);
        return store;
      };
    });
    afterEach(async () => {
      for (const store of opened) await store.close();
    });

    it("takes a delivery whose keys are all new, for others too", async () => {
      const [one, other] = [open(), open()];
      expect(await one.take(["a", "b"], delivery("m1"))).toBe(true);
      expect(await other.take(["b", "c"], delivery("m2"))).toBe(false);
      expect(await other.knows("a")).toBe(true);
      expect(await other.knows("c")).toBe(false);
      expect(await other.pending()).toEqual([delivery("m1")]);
    });

    it("takes what comes several times at once a single time", async () => {
      const [one, other] = [open(), open()];
      const taken = await Promise.all(
        [one, other, one, other].map((store, at) => store.take(["event", `try ${at}`], delivery(`m${at}`))),
      );
      expect(taken.filter((isNew) => isNew)).toHaveLength(1);
      expect(await one.pending()).toEqual([delivery(`m${taken.indexOf(true)}`)]);
    });

    it("takes a key that is named twice, and one without a delivery", async () => {
      const store = open();
      expect(await store.take(["a", "a"], delivery("m1"))).toBe(true);
      expect(await store.take(["b"])).toBe(true);
      expect(await store.pending()).toEqual([delivery("m1")]);
    });

    it("remembers for an hour, over a restart", async () => {
      const first = open();
      await first.take(["a"]);
      await first.close();
      now += REMEMBERED_MS - 1;
      const store = open();
      expect(await store.take(["a"])).toBe(false);
      now += 1;
      expect(await store.knows("a")).toBe(false);
      expect(await store.take(["a"])).toBe(true);
    });

    it("keeps what is not finished in order, as it was last told, and for a day at most", async () => {
      const store = open();
      for (const id of ["m1", "m2", "m3"]) await store.take([id], delivery(id));
      await store.update("m1", delivery("m4", '{"text":"\\u0000\\ud800"}'));
      await store.finish("m2");
      await store.update("m2", delivery("m2"));
      const left = [delivery("m4", '{"text":"\\u0000\\ud800"}'), delivery("m3")];
      expect(await store.pending()).toEqual(left);
      now += PENDING_MS - 1;
      expect(await open().pending()).toEqual(left);
      now += 1;
      expect(await open().pending()).toEqual([]);
    });

    it("knows a thread's conversation, and forgets an earlier one", async () => {
      const store = open();
      expect(await store.conversationOf("t")).toBeUndefined();
      await store.linkThread("t", "c1");
      await store.linkThread("t", "c2");
      expect(await open().conversationOf("t")).toBe("c2");
      expect(await store.conversationOf("another")).toBeUndefined();
    });
  });
}
