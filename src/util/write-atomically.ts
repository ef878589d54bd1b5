import { open, rename, rm } from "node:fs/promises";
import path from "node:path";

/**
 * Replaces `file` by `content` so that a crash at any moment leaves the old content or the new one, never a mix:
 * a neighbour is written, flushed and renamed over it, and the folder flushed so that the rename itself lasts.
 */
export async function writeAtomically(file: string, content: string | Uint8Array): Promise<void> {
  const neighbour = `${file}.${process.pid}.tmp`;
  try {
    const handle = await open(neighbour, "w");
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(neighbour, file);
  } catch (error) {
    await rm(neighbour, { force: true });
    throw error;
  }
  await flushFolder(path.dirname(file));
}

/** Makes renames and new names in `folder` durable; Windows cannot open a folder, and needs no flush. */
export async function flushFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
