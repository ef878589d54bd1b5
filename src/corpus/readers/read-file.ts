import path from "node:path";
import { fileErrorReason } from "../../util/files.ts";
import { ALL_READERS } from "./all-readers.ts";
import { type FileHead, HEAD_BYTES, type ReadItem, type ReadOptions } from "./reader.ts";
import { wideEncoding } from "./source/decode.ts";
import { readBytes } from "./source/read-bytes.ts";

/**
 * Reads a file with the reader of its format. Whatever is wrong with the file, an unknown format and no papers at all
 * included, is a problem among the items; the only thing thrown is the abort.
 */
export async function* readFile(file: string, options: ReadOptions = {}): AsyncGenerator<ReadItem> {
  let empty = true;
  try {
    const head = await readHead(file, options.signal);
    const reader = ALL_READERS.find((candidate) => candidate.accepts(head));
    if (reader === undefined) {
      if (head.bytes.length === 0) yield { problem: { reason: "holds no papers" }, cutsOff: true };
      else
        yield { problem: { reason: `unknown format; what can be read is ${formatNames()}` }, cutsOff: true };
      return;
    }
    for await (const item of reader.read(file, options)) {
      if (!("note" in item)) empty = false;
      yield item;
    }
  } catch (error) {
    options.signal?.throwIfAborted();
    yield { problem: { reason: fileErrorReason(error) }, cutsOff: true };
    return;
  }
  if (empty) yield { problem: { reason: "holds no papers" }, cutsOff: true };
}

export const formatNames = (): string => [...new Set(ALL_READERS.map(({ name }) => name))].join(", ");

/** A gzip stream that breaks has a head all the same; its reader tells what is wrong. */
async function readHead(file: string, signal: AbortSignal | undefined): Promise<FileHead> {
  const pieces: Buffer[] = [];
  let size = 0;
  try {
    for await (const piece of readBytes(file, { signal })) {
      pieces.push(piece);
      size += piece.length;
      if (size >= HEAD_BYTES) break;
    }
  } catch (error) {
    if (!(error instanceof Error && "code" in error && String(error.code).startsWith("Z_"))) throw error;
  }
  const bytes = Buffer.concat(pieces).subarray(0, HEAD_BYTES);
  const text = new TextDecoder(wideEncoding(bytes) ?? "utf-8").decode(bytes);
  return { name: path.basename(file), bytes, text };
}
