import { readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { SqliteConversationStore } from "../../src/store/conversations/sqlite-conversation-store.ts";
import { IndexStore } from "../../src/store/index/index-store.ts";
import { vectraStorage } from "../../src/store/vectors/vectra-store.ts";
import { makePaper } from "../support/make-paper.ts";
import { itemsFor, randomVectors } from "../support/random-vectors.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** Back by years, forward by years, and standing still. */
const JUMPS = ["2026-01-01", "2001-09-09", "2026-01-01", "2099-12-31", "2026-01-01", "2026-01-01"].map(
  (day) => new Date(`${day}T00:00:00.000Z`),
);

/** The lock's own tests (test/unit/store/writer-lock.test.ts) have its clock jump, too. */
describe("a clock that jumps", () => {
  it("lets every new index take the place of the one before", async () => {
    const root = temporaryFolder();
    let at = 0;
    const store = new IndexStore(root, vectraStorage, () => JUMPS[at] ?? new Date());
    for (; at < JUMPS.length; at++) {
      const title = `Published as number ${at}`;
      const manifest = await store.publish({
        papers: [makePaper({ title, abstract: "One sentence." })],
        items: itemsFor(2),
        vectors: randomVectors(2, 8),
        embedding: { model: "m", fingerprint: "f", dimension: 8 },
        chunkerVersion: "c",
        files: {},
      });
      expect(await store.manifest()).toEqual(manifest);
      expect((await store.load(manifest)).catalog.all()[0]?.title).toBe(title);
      expect(readdirSync(path.join(root, "index"))).toEqual([manifest.generation]);
    }
  });

  it("leaves conversations and messages in the order of their use", async () => {
    let at = 0;
    const now = () => (JUMPS[at++ % JUMPS.length] ?? new Date()).getTime();
    const store = new SqliteConversationStore({ folder: temporaryFolder(), now });
    const { id } = await store.create("ann", "number 0");
    for (let i = 1; i < 8; i++) await store.create("ann", `number ${i}`);
    const texts = Array.from({ length: 8 }, (_, i) => `text ${i}`);
    for (const [i, text] of texts.entries())
      await store.append("ann", id, [{ id: `m${i}`, role: "user", text }]);
    expect((await store.messages("ann", id, { limit: 9 })).messages.map(({ text }) => text)).toEqual(texts);
    const titles = (await store.list("ann", { limit: 9 })).conversations.map(({ title }) => title);
    expect(titles).toEqual(["number 0", ...[7, 6, 5, 4, 3, 2, 1].map((i) => `number ${i}`)]);
    await store.close();
  });
});
