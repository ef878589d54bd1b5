import { open, rename, rm } from "node:fs/promises";
import path from "node:path";

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "no such file or folder",
  EACCES: "no permission to read it",
  EPERM: "no permission to read it",
  ENOTDIR: "a part of its path is not a folder",
  EISDIR: "it is a folder, not a file",
  ELOOP: "its symbolic links run in a circle",
  EMFILE: "too many files are open",
  EIO: "the disk reported a read error",
  Z_BUF_ERROR: "the gzip stream is cut off",
  Z_DATA_ERROR: "the gzip stream is damaged or is none",
};

/** Why a file could not be read, in words and without its path. */
export function fileErrorReason(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return REASONS[code] ?? (error instanceof Error ? error.message : String(error));
}

const FAULTS: ReadonlyArray<[codes: RegExp, fault: string]> = [
  [/^(ENOSPC|EDQUOT|EFBIG)$/, "cannot grow, the disk is full: free some space on it"],
  [/^(EACCES|EPERM|EROFS)$/, "cannot be written: give this user the right to write it"],
  [/^(ENOTDIR|EEXIST)$/, "is no folder: name another"],
];

/** Why a folder could not be written, and the fix; undefined when the error is about something else. */
export function writeFault(error: unknown): string | undefined {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return FAULTS.find(([codes]) => codes.test(code))?.[1];
}

/** Whether an absolute path is `folder` itself or below it. */
export function isInside(file: string, folder: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== ".." && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}

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
