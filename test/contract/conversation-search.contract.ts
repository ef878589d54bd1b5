/** What every ConversationStore finds. */
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ConversationStore } from "../../src/store/conversations/conversation-store.ts";
import { foldCase } from "../../src/util/strings.ts";
import { sampleAnswer } from "../support/sample-answer.ts";

export function conversationSearchContract(open: () => ConversationStore): void {
  let store: ConversationStore;
  const titles = async (query: string, owner = "ann") => {
    await store.settled();
    return (await store.list(owner, { limit: 100, query })).conversations.map(({ title }) => title);
  };
  const say = (conversationId: string, id: string, text: string) =>
    store.append("ann", conversationId, [{ id, role: "user", text }]);

  beforeEach(() => {
    store = open();
  });
  afterEach(() => store.close());

  describe("search", () => {
    it("finds titles and messages in any case and script", async () => {
      const said = { id: "m1", role: "user" as const, text: "Über ÉTALES" };
      await store.create("ann", "Straße nach Ελλάδος", [said]);
      await store.create("ann", "other");
      for (const query of ["STRASSE", "straße", "ελλάδοσ", "über", "étales", "E\u0301TALES", " nach "]) {
        expect(await titles(query), query).toEqual(["Straße nach Ελλάδος"]);
      }
      expect(await titles("")).toHaveLength(2);
      expect(await titles("  ")).toHaveLength(2);
      expect(await titles("nowhere")).toEqual([]);
    });

    it.each([
      ["什么是检索增强生成？", ["检索", "检", "增强生成", "生成？", "什么是检索增强生成？"], ["索检", "搜"]],
      ["ภาษาไทยไม่มีช่องว่าง", ["ไทย", "ไท", "ไม่", "ช่องว่าง", "ว่าง", "ษ"], ["ไทใ", "ฮ"]],
      ["日本語の論文を探す", ["論文", "の", "論文を探す"], ["文論"]],
      ["한국어 논문 검색", ["논문", "국어 논", "색"], ["문논"]],
      ["العربية في الأوراق", ["ربية", "في", "أ"], ["يف"]],
      ["C# and k-NN at 5% (3×)", ["c#", "#", "k-nn", "5%", "(3", "×)", "d k"], ["c%", "nn k"]],
      ["𝒳 and 😀😁 faces", ["😀", "😀😁", "😁 f", "x and"], ["😁😀"]],
    ])("finds a part of %j, however short", async (text, found, not) => {
      const { id } = await store.create("ann", "by its message");
      await store.create("ann", text);
      await say(id, "m", `before ${text} behind`);
      for (const query of found) expect(await titles(query), query).toEqual(["by its message", text]);
      for (const query of not) expect(await titles(query), query).toEqual([]);
    });

    it("takes wildcards, quotes and operators as they are", async () => {
      await store.create("ann", "100 % sure_thing 'quoted' \"twice\" NEAR(a b) x AND y col:z ^a -b");
      await store.create("ann", "plain");
      for (const query of [
        "%",
        "_",
        "'",
        '"',
        "0 % s",
        '"twice"',
        '" N',
        "NEAR(a",
        "x AND y",
        "col:z",
        "^a",
        "-b",
      ])
        expect(await titles(query), query).toHaveLength(1);
      for (const query of ["*", "sure*", '""', "a OR plain", "NEAR(b a)", "col : z"])
        expect(await titles(query), query).toEqual([]);
    });

    it("takes a query as long as a question may be", async () => {
      const text = "How do walks on graphs converge? ".repeat(125).trim();
      await store.create("ann", "long", [{ id: "q", role: "user", text }]);
      expect(await titles(text.slice(0, 4000))).toEqual(["long"]);
      expect(await titles(`${text.slice(0, 3998)}zz`)).toEqual([]);
    });

    it("counts and pages what matches alone", async () => {
      for (let i = 0; i < 5; i++) await store.create("ann", i % 2 === 0 ? `even ${i}` : `odd ${i}`);
      const page = await store.list("ann", { limit: 2, query: "even" });
      expect(page).toMatchObject({ total: 3, conversations: [{ title: "even 4" }, { title: "even 2" }] });
      const rest = await store.list("ann", { limit: 2, query: "even", cursor: page.nextCursor });
      expect(rest).toMatchObject({ total: 3, conversations: [{ title: "even 0" }] });
      expect(rest.nextCursor).toBeUndefined();
    });

    it("counts a conversation once, and lists by last use", async () => {
      const first = await store.create("ann", "walks", [{ id: "a", role: "user", text: "walks and walks" }]);
      await store.create("ann", "more walks");
      await say(first.id, "b", "walks again");
      expect(await store.list("ann", { limit: 9, query: "walks" })).toMatchObject({
        total: 2,
        conversations: [{ title: "walks" }, { title: "more walks" }],
      });
    });

    it("finds what a text says now, also while it is written, deleted and restored", async () => {
      const cut = { id: "a", role: "assistant" as const, text: "", cut: true as const };
      const { id } = await store.create("ann", "old title", [cut]);
      const answer = (text: string) => ({ ...sampleAnswer("a", id, "q"), text });
      await store.write("ann", "a", { ...answer("half of it"), cut: true });
      expect(await titles("half of")).toEqual(["old title"]);
      await store.write("ann", "a", answer("the whole"));
      await store.rename("ann", id, "new title");
      for (const query of ["half of", "old t"]) expect(await titles(query)).toEqual([]);
      for (const query of ["the whole", "wh", "new t", "w t"])
        expect(await titles(query)).toEqual(["new title"]);
      await store.remove("ann", id);
      expect(await titles("whole")).toEqual([]);
      await store.restore("ann", id);
      expect(await titles("whole")).toEqual(["new title"]);
    });

    it("keeps owners apart", async () => {
      const owners = ["ann", "bob", "", "ünïcode", "a'b"];
      for (const owner of owners) {
        await store.create(owner, `of ${owner}`, [{ id: `m-${owner}`, role: "user", text: "common 中文" }]);
      }
      for (const owner of owners) {
        for (const query of ["common", "中文", "文"])
          expect(await titles(query, owner), query).toEqual([`of ${owner}`]);
      }
      expect(await titles("common", "nobody")).toEqual([]);
    });

    it("finds exactly the texts that hold the query", async () => {
      const unit = fc.constantFrom(
        "a",
        "B",
        "ß",
        "é",
        "e\u0301",
        "检",
        "索",
        "ไ",
        "ท",
        "😀",
        " ",
        "%",
        '"',
        "ﬁ",
        "1",
      );
      const text = fc.string({ unit, maxLength: 9 });
      const conversation = fc.record({ title: text, said: fc.array(text, { maxLength: 3 }) });
      let run = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.array(conversation, { maxLength: 6 }),
          fc.array(text, { maxLength: 9 }),
          async (all, queries) => {
            const owner = `owner ${run++}`;
            for (const [at, { title, said }] of all.entries()) {
              const messages = said.map((words, i) => ({
                id: `${run}-${at}-${i}`,
                role: "user" as const,
                text: words,
              }));
              await store.create(owner, title, messages);
            }
            for (const query of queries) {
              const holds = (words: string) => foldCase(words).includes(foldCase(query.trim()));
              const expected = all
                .filter(({ title, said }) => [title, ...said].some(holds))
                .map(({ title }) => title);
              expect(await titles(query, owner), query).toEqual(expected.reverse());
            }
          },
        ),
        { numRuns: 60 },
      );
    });
  });
}
