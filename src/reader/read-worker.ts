/** A process that reads papers for its parent, at a low priority: anyone who asks meanwhile goes first. Ends with it. */
import { constants, setPriority } from "node:os";
import { endWithParent } from "../util/child-process.ts";
import { OnnxPairReader, type ReaderOptions } from "./onnx-pair-reader.ts";
import type { ReadReply, ReadRequest } from "./read-process.ts";

try {
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
} catch {
  // Where that is forbidden it goes on as it is.
}
const options = JSON.parse(process.argv[2] ?? "{}") as ReaderOptions;
const loading = OnnxPairReader.load(options);
// Anyone who asks first hears of it.
loading.catch(() => undefined);

endWithParent();
// Ctrl-C reaches the whole group of a terminal: the parent decides, and ends this process by itself.
process.on("SIGINT", () => undefined);
process.on("message", async ({ papers }: ReadRequest) => {
  let reply: ReadReply;
  try {
    const reader = await loading;
    const readings: Uint8Array[] = [];
    for (const paper of papers) readings.push(await reader.read(paper));
    reply = { readings };
  } catch (error) {
    reply = { error: error instanceof Error ? error.message : String(error) };
  }
  process.send?.(reply);
});
