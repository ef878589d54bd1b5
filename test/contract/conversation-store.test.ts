import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe } from "vitest";
import { SqliteConversationStore } from "../../src/store/sqlite-conversation-store.ts";
import { MemoryConversationStore } from "../support/memory-conversation-store.ts";
import { conversationStoreContract } from "./conversation-store.contract.ts";

describe("MemoryConversationStore", () => {
  conversationStoreContract((now) => new MemoryConversationStore({ now }));
});

describe("SqliteConversationStore", () => {
  const folders: string[] = [];
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true });
  });
  conversationStoreContract((now) => {
    const folder = mkdtempSync(path.join(tmpdir(), "footnote-conversations-"));
    folders.push(folder);
    return new SqliteConversationStore({ folder, now });
  });
});
