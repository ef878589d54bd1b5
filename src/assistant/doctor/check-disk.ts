import { statfs } from "node:fs/promises";
import { existingFolder } from "./existing-folder.ts";
import type { Finding } from "./finding.ts";

const GIB = 1024 ** 3;
/** Bytes below which it is time to make room, whatever is needed next. */
const SCARCE = GIB;
/** Bytes that conversations, logs and small indexes need at least. */
const LEAST = 64 * 1024 ** 2;

/** @param needed bytes that are written there next: an ingest writes a whole index beside the one that answers */
export async function checkDisk(variable: string, folder: string, needed: number): Promise<Finding> {
  const check = "disk";
  const { bavail, bsize } = await statfs(existingFolder(folder));
  const free = bavail * bsize;
  const fact = `${variable} ${folder} has ${(free / GIB).toFixed(1)} GiB free`;
  if (free < Math.max(needed, LEAST)) {
    const wanted = (Math.max(needed, LEAST) / GIB).toFixed(1);
    return {
      check,
      state: "problem",
      message: `${fact}, the next write may need ${wanted}: make room on that disk`,
    };
  }
  if (free < SCARCE) return { check, state: "warning", message: `${fact}: make room on that disk soon` };
  return { check, state: "ok", message: fact };
}
