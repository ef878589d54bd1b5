import { open } from "node:fs/promises";
import path from "node:path";
import { fileErrorReason } from "../../util/files.ts";
import type { PaperRecord } from "../paper.ts";
import { ALL_READERS } from "./all-readers.ts";
import { HEAD_BYTES, type ReadOptions } from "./reader.ts";

/** A record, or why there is none; a problem without a line is one of the whole file. */
export type FileItem =
  | { readonly record: PaperRecord }
  | { readonly problem: { readonly line?: number; readonly reason: string } };

/**
 * Reads a file with the reader of its format. Whatever is wrong with the file, an unknown format and no papers at all
 * included, is a problem among the items; the only thing thrown is the abort.
 */
export async function* readFile(file: string, options: ReadOptions = {}): AsyncGenerator<FileItem> {
  let empty = true;
  try {
    const head = await readHead(file);
    const reader = ALL_READERS.find((candidate) => candidate.accepts(path.basename(file), head));
    if (reader === undefined) {
      const known = ALL_READERS.map(({ name }) => name).join(", ");
      yield { problem: { reason: `unknown format; what can be read is ${known}` } };
      return;
    }
    for await (const item of reader.read(file, options)) {
      empty = false;
      yield item;
    }
  } catch (error) {
    options.signal?.throwIfAborted();
    yield { problem: { reason: fileErrorReason(error) } };
    return;
  }
  if (empty) yield { problem: { reason: "holds no papers" } };
}

async function readHead(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES);
    return buffer.toString("utf8", 0, bytesRead).replace(/^\uFEFF/, "");
  } finally {
    await handle.close();
  }
}
