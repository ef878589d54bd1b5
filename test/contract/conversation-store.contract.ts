/** What every ConversationStore does, whatever it keeps its rows in. */
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Conversation, Message } from "../../src/protocol.ts";
import type { ConversationStore } from "../../src/store/conversations/conversation-store.ts";
import { sampleAnswer } from "../support/sample-answer.ts";
import { thrownBy } from "../support/thrown-by.ts";

const START = Date.parse("2026-01-01T00:00:00Z");
const NOBODY = "no-such-id";

/** A clock that stands still until the test moves it. */
export class TestClock {
  time = START;
  readonly now = (): number => this.time;
}

export function conversationStoreContract(open: (now: () => number) => ConversationStore): void {
  let clock: TestClock;
  let store: ConversationStore;
  let count = 0;
  const say = async (conversationId: string, text: string, parentId?: string) =>
    (await store.append("ann", conversationId, [{ id: `m${++count}`, role: "user", text, parentId }]))[0]!;
  const titles = async (query?: string) =>
    (await store.list("ann", { limit: 100, query })).conversations.map(({ title }) => title);

  beforeEach(() => {
    clock = new TestClock();
    store = open(clock.now);
  });
  afterEach(() => store.close());

  describe("conversations", () => {
    it("are created with dates and an id that nobody guesses", async () => {
      const made = await store.create("ann", "Ranking");
      expect(Conversation.parse(made)).toEqual(made);
      expect(made).toMatchObject({ title: "Ranking", createdAt: "2026-01-01T00:00:00.000Z" });
      expect(made.id).toMatch(/^[\w-]{22}$/);
      expect(await store.get("ann", made.id)).toEqual(made);
    });

    it("are created with their first messages, or not at all", async () => {
      const first = { id: "q1", role: "user" as const, text: "why?" };
      const answer = { id: "a1", parentId: "q1", role: "assistant" as const, text: "", cut: true as const };
      const { id } = await store.create("ann", "why?", [first, answer]);
      expect((await store.thread("ann", "a1", 9)).map((message) => message.id)).toEqual(["q1", "a1"]);
      const again = () => store.create("ann", "again", [{ ...first, id: "q2" }, answer]);
      expect((await thrownBy(again)).message).toContain("a1");
      expect((await store.list("ann", { limit: 10 })).conversations.map((one) => one.id)).toEqual([id]);
    });

    it("have an owner, until they are deleted", async () => {
      const { id } = await store.create("ann", "hers");
      expect([await store.ownerOf(id), await store.ownerOf(NOBODY)]).toEqual(["ann", undefined]);
      await store.remove("ann", id);
      expect(await store.ownerOf(id)).toBeUndefined();
    });

    it("are listed by last use, newest first, even when the clock stands still or jumps back", async () => {
      const first = await store.create("ann", "one");
      for (const title of ["two", "three"]) await store.create("ann", title);
      expect(await titles()).toEqual(["three", "two", "one"]);
      clock.time -= 60_000;
      await say(first.id, "again");
      expect(await titles()).toEqual(["one", "three", "two"]);
    });

    it("can be renamed, which tells in updatedAt and leaves their place", async () => {
      const { id } = await store.create("ann", "old");
      await store.create("ann", "other");
      clock.time += 1000;
      const renamed = await store.rename("ann", id, "new");
      expect(renamed).toMatchObject({ title: "new", updatedAt: "2026-01-01T00:00:01.000Z" });
      expect(await store.get("ann", id)).toEqual(renamed);
      expect(await titles()).toEqual(["other", "new"]);
      expect(await titles("OLD")).toEqual([]);
    });

    it("page without gap or double while others are added and removed", async () => {
      const made: Conversation[] = [];
      for (let i = 0; i < 7; i++) made.push(await store.create("ann", `c${i}`));
      const first = await store.list("ann", { limit: 3 });
      expect(first).toMatchObject({ total: 7 });
      await store.create("ann", "newer");
      await store.remove("ann", made[6]!.id);
      const second = await store.list("ann", { limit: 3, cursor: first.nextCursor });
      const third = await store.list("ann", { limit: 3, cursor: second.nextCursor });
      const seen = [first, second, third].flatMap((page) => page.conversations.map(({ title }) => title));
      expect(seen).toEqual(["c6", "c5", "c4", "c3", "c2", "c1", "c0"]);
      expect(third.nextCursor).toBeUndefined();
    });

    it("end without a cursor when the last page is full", async () => {
      await store.create("ann", "a");
      expect((await store.list("ann", { limit: 1 })).nextCursor).toBeUndefined();
    });

    it.each(["", "x", "-1", "1e3", "9".repeat(40), "ключ"])("refuse the cursor %j", async (cursor) => {
      const { id } = await store.create("ann", "a");
      for (const work of [
        () => store.list("ann", { limit: 1, cursor }),
        () => store.messages("ann", id, { limit: 1, cursor }),
      ]) {
        expect(await thrownBy(work)).toMatchObject({ code: "bad_request", field: "cursor" });
      }
    });
  });

  describe("messages", () => {
    it("keep role, parent, text and answer, oldest first", async () => {
      const { id } = await store.create("ann", "a");
      const question = await say(id, "Why?");
      clock.time += 5;
      const answer = sampleAnswer("answer-1", id, "Why?");
      const reply = {
        id: "answer-1",
        parentId: question.id,
        role: "assistant" as const,
        text: answer.text,
        answer,
      };
      const [stored] = await store.append("ann", id, [reply]);
      expect(stored).toEqual({ ...reply, createdAt: "2026-01-01T00:00:00.005Z" });
      expect(Message.parse(stored)).toEqual(stored);
      expect(stored).not.toHaveProperty("cut");
      expect(await store.messages("ann", id, { limit: 10 })).toEqual({
        messages: [question, stored],
        total: 2,
      });
      expect(await store.message("ann", "answer-1")).toEqual({ message: stored, conversationId: id });
      expect(await store.latest("ann", id)).toEqual(stored);
      expect((await store.get("ann", id)).updatedAt).toBe(stored?.createdAt);
    });

    it("keep every character of any text", async () => {
      const { id } = await store.create("ann", "a");
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: "binary" }), fc.string(), async (text, title) => {
          expect((await store.message("ann", (await say(id, text)).id)).message.text).toBe(text);
          expect((await store.rename("ann", id, title)).title).toBe(title);
        }),
        {
          numRuns: 100,
          examples: [
            ["a\0b", "\0"],
            ["lone \ud800 surrogate", "\udc00"],
            ["", ""],
          ],
        },
      );
    });

    it("page without gap or double while others are added", async () => {
      const { id } = await store.create("ann", "a");
      for (const text of ["1", "2", "3"]) await say(id, text);
      const first = await store.messages("ann", id, { limit: 2 });
      await say(id, "4");
      const second = await store.messages("ann", id, { limit: 2, cursor: first.nextCursor });
      expect([...first.messages, ...second.messages].map(({ text }) => text)).toEqual(["1", "2", "3", "4"]);
      expect(second).toMatchObject({ total: 4 });
      expect(second.nextCursor).toBeUndefined();
    });

    it("form threads: the chain of parents, without siblings", async () => {
      const { id } = await store.create("ann", "a");
      const root = await say(id, "root");
      const left = await say(id, "left", root.id);
      const right = await say(id, "right", root.id);
      const leaf = await say(id, "leaf", left.id);
      expect((await store.thread("ann", leaf.id, 9)).map(({ text }) => text)).toEqual([
        "root",
        "left",
        "leaf",
      ]);
      expect((await store.thread("ann", right.id, 9)).map(({ text }) => text)).toEqual(["root", "right"]);
      expect((await store.thread("ann", leaf.id, 2)).map(({ text }) => text)).toEqual(["left", "leaf"]);
      expect(await store.latest("ann", id)).toEqual(leaf);
    });

    it("refuse an id that exists, in any conversation, and store nothing of it", async () => {
      const [one, two] = [await store.create("ann", "a"), await store.create("bob", "b")];
      const { id } = await say(one.id, "x");
      const again = () => store.append("bob", two.id, [{ id, role: "user", text: "y" }]);
      expect((await thrownBy(again)).code).toBe("conflict");
      expect((await store.messages("bob", two.id, { limit: 1 })).total).toBe(0);
    });

    it("refuse a parent from elsewhere", async () => {
      const [one, two] = [await store.create("ann", "a"), await store.create("ann", "b")];
      const { id } = await say(one.id, "x");
      expect((await thrownBy(() => say(two.id, "y", id))).code).toBe("not_found");
      expect((await thrownBy(() => say(two.id, "y", NOBODY))).code).toBe("not_found");
    });

    it("are appended several at once, or none of them", async () => {
      const { id } = await store.create("ann", "a");
      const question = { id: "q", role: "user" as const, text: "Why?" };
      const reply = { id: "r", parentId: "q", role: "assistant" as const, text: "So." };
      expect(await store.append("ann", id, [question, reply])).toMatchObject([question, reply]);
      const next = { id: "q2", parentId: "r", role: "user" as const, text: "And?" };
      expect((await thrownBy(() => store.append("ann", id, [next, reply]))).code).toBe("conflict");
      expect((await store.messages("ann", id, { limit: 9 })).total).toBe(2);
    });

    it("are marked as cut from their start until they are written to their end", async () => {
      const { id } = await store.create("ann", "a");
      const empty = { id: "r", role: "assistant" as const, text: "", cut: true as const };
      const [begun] = await store.append("ann", id, [empty]);
      expect(begun).toMatchObject(empty);
      expect(Message.parse(begun)).toEqual(begun);
      const answer = sampleAnswer("r", id, "Why?");
      const half = { ...answer, text: "Half of", citations: [], cut: true as const };
      clock.time += 5;
      await store.write("ann", "r", half);
      expect((await store.message("ann", "r")).message).toEqual({ ...begun, text: "Half of", answer: half });
      const { cut: _, ...whole } = { ...begun, text: answer.text, answer };
      await store.write("ann", "r", answer);
      expect(await store.messages("ann", id, { limit: 9 })).toEqual({ messages: [whole], total: 1 });
      expect((await store.get("ann", id)).updatedAt).toBe("2026-01-01T00:00:00.005Z");
      expect(await titles(answer.text)).toEqual(["a"]);
      expect(await titles("half of")).toEqual([]);
      expect((await thrownBy(() => store.write("ann", "r", half))).code).toBe("conflict");
    });

    it("have no latest in an empty conversation", async () => {
      expect(await store.latest("ann", (await store.create("ann", "a")).id)).toBeUndefined();
    });

    it("keep the last feedback", async () => {
      const message = await say((await store.create("ann", "a")).id, "x");
      await store.giveFeedback("ann", message.id, { rating: "down", comment: "wrong \0 paper" });
      await store.giveFeedback("ann", message.id, { rating: "up" });
      expect((await store.message("ann", message.id)).message).toEqual({
        ...message,
        feedback: { rating: "up" },
      });
    });
  });

  it("shows an owner nothing of another's, by any method", async () => {
    const { id } = await store.create("ann", "secret");
    const message = await say(id, "hidden");
    const page = { limit: 1 };
    for (const [owner, conversation, m] of [
      ["bob", id, message.id],
      ["ann", NOBODY, NOBODY],
    ] as const) {
      const attempts: (() => unknown)[] = [
        () => store.get(owner, conversation),
        () => store.rename(owner, conversation, "mine"),
        () => store.remove(owner, conversation),
        () => store.restore(owner, conversation),
        () => store.append(owner, conversation, [{ id: "new", role: "user", text: "" }]),
        () => store.write(owner, m, sampleAnswer(m, conversation, "x")),
        () => store.messages(owner, conversation, page),
        () => store.message(owner, m),
        () => store.thread(owner, m, 9),
        () => store.latest(owner, conversation),
        () => store.giveFeedback(owner, m, { rating: "up" }),
      ];
      for (const attempt of attempts)
        expect((await thrownBy(async () => attempt())).code, String(attempt)).toBe("not_found");
    }
    expect(await store.list("bob", page)).toEqual({ conversations: [], total: 0 });
    await store.remove("ann", id);
    expect((await thrownBy(() => store.restore("bob", id))).code).toBe("not_found");
  });
}
