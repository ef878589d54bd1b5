import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe } from "vitest";
import { SqliteConversationStore } from "../../src/store/conversations/sqlite-conversation-store.ts";
import { MemoryConversationStore } from "../support/memory-conversation-store.ts";
import { conversationDeletionContract } from "./conversation-deletion.contract.ts";
import { conversationSearchContract } from "./conversation-search.contract.ts";
import { conversationStoreContract } from "./conversation-store.contract.ts";

describe("MemoryConversationStore", () => {
  conversationStoreContract((now) => new MemoryConversationStore({ now }));
  conversationDeletionContract((now) => new MemoryConversationStore({ now }));
  conversationSearchContract(() => new MemoryConversationStore());
});

describe("SqliteConversationStore", () => {
  const folders: string[] = [];
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true });
  });
  const open = (now?: () => number, searchLimits = {}) => {
    const folder = mkdtempSync(path.join(tmpdir(), "footnote-conversations-"));
    folders.push(folder);
    return new SqliteConversationStore({ folder, searchLimits, ...(now === undefined ? {} : { now }) });
  };
  conversationStoreContract(open);
  conversationDeletionContract(open);
  conversationSearchContract(open);
  describe("that gives each text its place at once", () => {
    conversationSearchContract(() => open(undefined, { mostWaiting: 0 }));
  });
  describe("that finds few by their places", () => {
    conversationSearchContract(() => open(undefined, { mostWaiting: 0, mostCounted: 9 }));
  });
});
