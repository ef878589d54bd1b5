import { createReadStream } from "node:fs";
import type { ReadOptions } from "../reader.ts";
import { gunzip } from "./gunzip.ts";

/**
 * The bytes of a file, inflated when its name ends in .gz.
 * @throws the error of the file system or of zlib, or the abort
 */
export function readBytes(file: string, options: ReadOptions = {}): AsyncIterable<Buffer> {
  const raw = countedBytes(file, options);
  return file.toLowerCase().endsWith(".gz") ? gunzip(raw) : raw;
}

async function* countedBytes(file: string, { signal, onBytes }: ReadOptions): AsyncGenerator<Buffer> {
  for await (const chunk of createReadStream(file, { signal })) {
    yield chunk;
    onBytes?.(chunk.length);
  }
}
