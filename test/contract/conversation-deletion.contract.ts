/** What every ConversationStore does with what is deleted. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Answer } from "../../src/protocol.ts";
import {
  type ConversationStore,
  RESTORE_PERIOD_MS,
} from "../../src/store/conversations/conversation-store.ts";
import { sampleAnswer } from "../support/sample-answer.ts";
import { thrownBy } from "../support/thrown-by.ts";
import { TestClock } from "./conversation-store.contract.ts";

export function conversationDeletionContract(open: (now: () => number) => ConversationStore): void {
  let clock: TestClock;
  let store: ConversationStore;
  const say = async (conversationId: string, text: string) =>
    (await store.append("ann", conversationId, [{ id: "m", role: "user", text }]))[0]!;
  const titles = async (query?: string) =>
    (await store.list("ann", { limit: 100, query })).conversations.map(({ title }) => title);
  const written = (conversationId: string, text: string): Answer => ({
    ...sampleAnswer("a", conversationId, "why"),
    text,
  });

  beforeEach(() => {
    clock = new TestClock();
    store = open(clock.now);
  });
  afterEach(() => store.close());

  describe("deleting", () => {
    it("hides at once and restores as it was", async () => {
      const made = await store.create("ann", "a");
      const message = await say(made.id, "x");
      const before = await store.get("ann", made.id);
      await store.remove("ann", made.id);
      expect(await titles()).toEqual([]);
      expect(await titles("x")).toEqual([]);
      expect((await thrownBy(() => store.message("ann", message.id))).code).toBe("not_found");
      expect((await thrownBy(() => say(made.id, "late"))).code).toBe("not_found");
      clock.time += RESTORE_PERIOD_MS - 1;
      expect(await store.restore("ann", made.id)).toEqual(before);
      expect((await store.messages("ann", made.id, { limit: 9 })).messages).toEqual([message]);
    });

    it("lets an answer that is being written come to its end, for its owner alone", async () => {
      const { id } = await store.create("ann", "a", [
        { id: "q", role: "user", text: "why" },
        { id: "a", parentId: "q", role: "assistant", text: "", cut: true },
      ]);
      await store.remove("ann", id);
      expect((await store.thread("ann", "a", 9)).map((message) => message.id)).toEqual(["q", "a"]);
      await store.write("ann", "a", { ...written(id, "half"), cut: true });
      expect((await thrownBy(() => store.write("bob", "a", written(id, "mine")))).code).toBe("not_found");
      expect((await thrownBy(() => store.thread("bob", "a", 9))).code).toBe("not_found");
      expect((await thrownBy(() => store.message("ann", "a"))).code).toBe("not_found");
      await store.write("ann", "a", written(id, "whole"));
      expect((await thrownBy(() => store.write("ann", "a", written(id, "twice")))).code).toBe("conflict");
      await store.restore("ann", id);
      expect((await store.message("ann", "a")).message).toMatchObject({ text: "whole" });
      expect((await store.message("ann", "a")).message).not.toHaveProperty("cut");
    });

    it("takes no more words of an answer once it is for good", async () => {
      const { id } = await store.create("ann", "a", [{ id: "a", role: "assistant", text: "", cut: true }]);
      await store.remove("ann", id);
      clock.time += RESTORE_PERIOD_MS;
      await store.remove("ann", (await store.create("ann", "another")).id);
      expect((await thrownBy(() => store.write("ann", "a", written(id, "late")))).code).toBe("not_found");
      expect((await thrownBy(() => store.thread("ann", "a", 9))).code).toBe("not_found");
    });

    it("is for good after 30 days", async () => {
      const { id } = await store.create("ann", "a");
      await store.remove("ann", id);
      clock.time += RESTORE_PERIOD_MS;
      expect((await thrownBy(() => store.restore("ann", id))).code).toBe("not_found");
    });

    it("restores nothing that is not deleted", async () => {
      const { id } = await store.create("ann", "a");
      expect((await thrownBy(() => store.restore("ann", id))).code).toBe("not_found");
      await store.remove("ann", id);
      expect((await thrownBy(() => store.remove("ann", id))).code).toBe("not_found");
    });
  });
}
