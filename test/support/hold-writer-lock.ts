/**
 * A writer as a process of its own. Arguments: the folder, and how often to add one to `count` in it, each time under
 * the lock and slowly enough that two at once would lose some. Without a number it says "held" and holds on until killed.
 */
import { readFileSync, writeFileSync, writeSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { withWriterLock } from "../../src/store/writer-lock/writer-lock.ts";

const [root = "", times] = process.argv.slice(2);
const count = path.join(root, "count");

if (times === undefined) {
  await withWriterLock(root, async () => {
    writeSync(1, "held\n");
    await sleep(60_000);
  });
}
for (let i = 0; i < Number(times ?? 0); i++) {
  await withWriterLock(
    root,
    async (_, confirm) => {
      const before = Number(readFileSync(count, "utf8"));
      await sleep(2);
      await confirm();
      writeFileSync(count, String(before + 1));
    },
    { pollMs: 1, waitMs: 60_000, staleMs: 500 },
  );
}
