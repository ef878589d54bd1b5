import { existsSync } from "node:fs";
import { access, constants, mkdtemp, rmdir, stat, statfs } from "node:fs/promises";
import path from "node:path";
import type { Config } from "../../config.ts";
import { listFiles } from "../../corpus/readers/list-files.ts";
import { fileErrorReason, writeFault } from "../../util/files.ts";
import { countOf } from "../../util/strings.ts";
import type { Finding } from "./finding.ts";

/** The oldest Node that `engines` in package.json allows; a test holds the two together. */
export const OLDEST_NODE = "20.19.0";

/** @param version such as `20.20.2` */
export function checkNode(version: string): Finding {
  const fits = version.localeCompare(OLDEST_NODE, "en", { numeric: true }) >= 0;
  return fits
    ? { check: "node", state: "ok", message: `Node ${version}` }
    : {
        check: "node",
        state: "problem",
        message: `Node ${version} is too old: install ${OLDEST_NODE} or newer`,
      };
}

/** Whether papers can be read, and the index and the conversations written. */
export async function checkFolders({ seeds, vectorstore, data }: Config["folders"]): Promise<Finding[]> {
  return [
    await checkSeeds(seeds),
    await checkWritable("VECTORSTORE_DIR", vectorstore),
    await checkWritable("DATA_DIR", data),
  ];
}

/** Without papers there an index that exists goes on answering: no problem of its own. */
async function checkSeeds(folder: string): Promise<Finding> {
  const { files, problems } = await listFiles([folder]);
  const [first] = problems;
  const found = `SEEDS_DIR ${folder}: ${countOf(files.length, "file")}`;
  if (first !== undefined) {
    const where = first.path === folder ? `SEEDS_DIR ${folder}` : `${found}, ${first.path}`;
    return { check: "seeds", state: "warning", message: `${where}: ${first.reason}` };
  }
  if (files.length > 0) return { check: "seeds", state: "ok", message: found };
  return {
    check: "seeds",
    state: "warning",
    message: `${found}: put papers there, or name them to footnote ingest`,
  };
}

/** Writes to be sure: rights alone do not tell of a read-only mount or a quota. */
async function checkWritable(variable: string, folder: string): Promise<Finding> {
  const check = "folders";
  const existing = existingFolder(folder);
  try {
    if (!(await stat(existing)).isDirectory()) {
      return { check, state: "problem", message: `${variable} ${existing} is a file: name a folder` };
    }
    await access(existing, constants.R_OK | constants.X_OK);
    await rmdir(await mkdtemp(path.join(existing, ".footnote-doctor-")));
    const fact = existing === folder ? "can be read and written" : "is made when it is needed";
    return { check, state: "ok", message: `${variable} ${folder} ${fact}` };
  } catch (error) {
    const fault = writeFault(error) ?? `cannot be used: ${fileErrorReason(error)}`;
    return { check, state: "problem", message: `${variable} ${folder} ${fault}` };
  }
}

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

/** `folder`, or the nearest folder above it that is there: where it would be made. */
function existingFolder(folder: string): string {
  let at = path.resolve(folder);
  while (!existsSync(at) && at !== path.dirname(at)) at = path.dirname(at);
  return at;
}
