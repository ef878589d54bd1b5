import { createReadStream } from "node:fs";
import type { ReadOptions } from "../reader.ts";
import { gunzip } from "./gunzip.ts";

/**
 * The bytes of a file, inflated when they are gzip, whatever the file is called.
 * @throws the error of the file system or of zlib, or the abort
 */
export async function* readBytes(file: string, options: ReadOptions = {}): AsyncGenerator<Buffer> {
  const raw = countedBytes(file, options);
  const { value: first, done } = await raw.next();
  if (done) return;
  const whole = (async function* () {
    yield first;
    yield* raw;
  })();
  yield* first[0] === 0x1f && first[1] === 0x8b ? gunzip(whole) : whole;
}

async function* countedBytes(
  file: string,
  { signal, onBytes }: ReadOptions,
): AsyncGenerator<Buffer, undefined> {
  for await (const chunk of createReadStream(file, { signal })) {
    yield chunk;
    onBytes?.(chunk.length);
  }
  return undefined;
}
