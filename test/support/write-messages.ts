/** Appends messages to the store in the folder that argument 1 names, saying each number once it is stored, until killed. */
import { writeSync } from "node:fs";
import { SqliteConversationStore } from "../../src/store/conversations/sqlite-conversation-store.ts";

/** Ends by itself when nobody kills it. */
const MOST = 20_000;

const store = new SqliteConversationStore({ folder: process.argv[2] ?? "" });
const { id } = await store.create("ann", "written by a child");
for (let i = 1; i <= MOST; i++) {
  await store.append("ann", id, [{ id: `m${i}`, role: "user", text: `text ${i}` }]);
  writeSync(1, `${i}\n`);
}
