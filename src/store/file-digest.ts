import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { DamagedIndexError } from "./damaged-index-error.ts";
import { indexReadError } from "./index-read-error.ts";

/** What a file held when it was written: its size in bytes and the hex sha256 of its content. */
export interface FileDigest {
  readonly bytes: number;
  readonly sha256: string;
}

export async function digestFile(file: string): Promise<FileDigest> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    hash.update(chunk);
  }
  return { bytes, sha256: hash.digest("hex") };
}

/** @throws DamagedIndexError naming the file that is missing or damaged; AppError (internal) when it may not be read */
export async function checkFile(file: string, expected: FileDigest): Promise<void> {
  let found: FileDigest;
  try {
    found = await digestFile(file);
  } catch (cause) {
    throw indexReadError(file, cause);
  }
  if (found.sha256 === expected.sha256) return;
  const fact =
    found.bytes === expected.bytes ? "has changed" : `has ${found.bytes} bytes of ${expected.bytes}`;
  throw new DamagedIndexError(`${file} is damaged, it ${fact}`);
}
