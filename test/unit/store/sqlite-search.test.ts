import path from "node:path";
import fc from "fast-check";
import { expect, it, onTestFinished } from "vitest";
import { SqliteConversationStore } from "../../../src/store/conversations/sqlite-conversation-store.ts";
import { SqliteDatabase } from "../../../src/store/sqlite/sqlite-database.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

function open(searchLimits = {}): { store: SqliteConversationStore; file: string } {
  const folder = temporaryFolder();
  const store = new SqliteConversationStore({ folder, searchLimits });
  onTestFinished(() => store.close());
  return { store, file: path.join(folder, "conversations.db") };
}

/** Titles of all pages, and the totals that they tell. */
async function pagesOf(store: SqliteConversationStore, owner: string, limit: number) {
  const titles: string[] = [];
  const totals = new Set<number>();
  for (let cursor: string | undefined; ; ) {
    const page = await store.list(owner, { limit, query: "walks", cursor });
    titles.push(...page.conversations.map(({ title }) => title));
    totals.add(page.total);
    cursor = page.nextCursor;
    if (cursor === undefined) return { titles, totals: [...totals] };
  }
}

it("pages through all that match in the order of their use, more than it counts too", async () => {
  const { store } = open({ mostWaiting: 0, mostCounted: 5 });
  let run = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.boolean(), { minLength: 12, maxLength: 30 }),
      fc.array(fc.nat(29), { maxLength: 12 }),
      fc.integer({ min: 1, max: 7 }),
      async (matching, used, limit) => {
        const owner = `owner ${run++}`;
        const order: { id: string; title: string; matches: boolean }[] = [];
        for (const [at, matches] of matching.entries()) {
          const title = `${matches ? "walks" : "other"} ${at}`;
          order.unshift({ ...(await store.create(owner, title)), matches });
        }
        await store.settled();
        for (const [at, which] of used.entries()) {
          const one = order.find(({ title }) => title.endsWith(` ${which}`));
          if (one === undefined) continue;
          await store.append(owner, one.id, [{ id: `${one.id}-${at}`, role: "user", text: "again" }]);
          order.splice(order.indexOf(one), 1);
          order.unshift(one);
        }
        const expected = order.filter(({ matches }) => matches).map(({ title }) => title);
        expect(await pagesOf(store, owner, limit)).toEqual({
          titles: expected,
          totals: [Math.min(expected.length, 5)],
        });
      },
    ),
    { numRuns: 12 },
  );
});

it("keeps owners apart whose numbers are beyond what a number of JavaScript holds", async () => {
  const { store, file } = open({ mostWaiting: 0 });
  const database = new SqliteDatabase(file);
  database.run("INSERT INTO search_owners (number, owner) VALUES (200000, 'first')");
  database.close();
  for (const owner of ["ann", "bob"]) {
    for (let at = 0; at < 3; at++) {
      const messages = [1, 2].map((n) => ({
        id: `${owner}${at}${n}`,
        role: "user" as const,
        text: `walks ${n}`,
      }));
      await store.create(owner, `${owner} ${at}`, messages);
    }
  }
  await store.settled();
  await store.rename("ann", (await store.list("ann", { limit: 1 })).conversations[0]?.id ?? "", "ann walked");
  for (const query of ["walks 2", "wa", "ann"])
    expect((await store.list("ann", { limit: 9, query })).conversations.map(({ title }) => title)).toEqual([
      "ann walked",
      "ann 1",
      "ann 0",
    ]);
  expect((await store.list("bob", { limit: 9, query: "walks" })).total).toBe(3);
});
