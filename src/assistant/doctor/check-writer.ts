import { WriterLockFolder } from "../../store/writer-lock-folder.ts";
import { lifeOf } from "../../store/writer-lock-holder.ts";
import type { Finding } from "./finding.ts";

/** Who writes the index below `root` (VECTORSTORE_DIR) now, if anybody does. */
export async function checkWriter(root: string): Promise<Finding[]> {
  const seen = await new WriterLockFolder(root).look();
  const { holder } = seen ?? {};
  if (holder === undefined || (await lifeOf(holder)) === "dead") return [];
  const message = `The index is being written by process ${holder.pid} on ${holder.host}, since ${holder.since}`;
  return [{ check: "writer", state: "ok", message }];
}
