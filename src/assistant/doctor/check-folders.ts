import { access, constants, mkdtemp, rmdir, stat } from "node:fs/promises";
import path from "node:path";
import type { Config } from "../../config.ts";
import { listFiles } from "../../corpus/readers/list-files.ts";
import { fileErrorReason, writeFault } from "../../util/files.ts";
import { countOf } from "../../util/strings.ts";
import { existingFolder } from "./existing-folder.ts";
import type { Finding } from "./finding.ts";

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
