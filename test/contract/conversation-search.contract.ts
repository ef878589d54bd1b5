/** What every ConversationStore finds. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ConversationStore } from "../../src/store/conversation-store.ts";

export function conversationSearchContract(open: () => ConversationStore): void {
  let store: ConversationStore;
  const titles = (query: string) =>
    store.list("ann", { limit: 100, query }).conversations.map(({ title }) => title);

  beforeEach(() => {
    store = open();
  });
  afterEach(() => store.close());

  describe("search", () => {
    it("finds titles and messages in any case and script", () => {
      const said = { id: "m1", role: "user" as const, text: "Über ÉTALES" };
      store.create("ann", "Straße nach Ελλάδος", said);
      store.create("ann", "other");
      for (const query of ["STRASSE", "straße", "ελλάδοσ", "über", "étales", "E\u0301TALES", " nach "]) {
        expect(titles(query), query).toEqual(["Straße nach Ελλάδος"]);
      }
      expect(titles("")).toHaveLength(2);
      expect(titles("  ")).toHaveLength(2);
      expect(titles("nowhere")).toEqual([]);
    });

    it("takes wildcards and quotes as they are", () => {
      store.create("ann", "100 % sure_thing 'quoted'");
      store.create("ann", "plain");
      for (const query of ["%", "_", "'", "0 % s"]) expect(titles(query), query).toHaveLength(1);
      expect(titles("*")).toEqual([]);
    });

    it("counts and pages what matches alone", () => {
      for (let i = 0; i < 5; i++) store.create("ann", i % 2 === 0 ? `even ${i}` : `odd ${i}`);
      const page = store.list("ann", { limit: 2, query: "even" });
      expect(page).toMatchObject({ total: 3, conversations: [{ title: "even 4" }, { title: "even 2" }] });
      const rest = store.list("ann", { limit: 2, query: "even", cursor: page.nextCursor });
      expect(rest.conversations.map(({ title }) => title)).toEqual(["even 0"]);
    });
  });
}
