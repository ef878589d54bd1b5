import type { Transform } from "node:stream";
import { createGunzip } from "node:zlib";

/**
 * Bytes that may come out for each that goes in, past ALLOWANCE: papers have 3 to 10, text made to swell a thousand.
 */
const MOST_SWELLING = 100;
/** Bytes. */
const ALLOWANCE = 64 * 1024 * 1024;

/**
 * Gzip members → their bytes. Of a stream that is cut off all bytes before the cut come out, of a damaged one all but
 * zlib's last buffer (16 KiB) before the damage, then the error is thrown: a plain pipe drops more, namely what it still
 * holds when the error arrives.
 * @throws zlib's error, with code Z_BUF_ERROR (cut off) or Z_DATA_ERROR; an Error about what swells too much
 */
export async function* gunzip(compressed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const inflater = createGunzip();
  const ready: Buffer[] = [];
  let [read, made] = [0, 0];
  const isSwollen = () => made > ALLOWANCE + MOST_SWELLING * read;
  inflater.on("data", (chunk: Buffer) => {
    made += chunk.length;
    if (!isSwollen()) ready.push(chunk);
  });
  try {
    for await (const chunk of compressed) {
      read += chunk.length;
      await settled(inflater, (done) => inflater.write(chunk, done));
      yield* ready.splice(0);
      if (isSwollen()) throw swollen(read);
    }
    // The callback of end() would come before the check that the last member is whole.
    await settled(inflater, (done) => inflater.once("end", done).end());
  } catch (error) {
    yield* ready.splice(0);
    throw error;
  } finally {
    inflater.destroy();
  }
  yield* ready;
}

/** Waits for a step; what it gives has been emitted when it is done. */
function settled(stream: Transform, start: (done: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.once("error", reject);
    start((error) => {
      if (error) return reject(error);
      stream.off("error", reject);
      resolve();
    });
  });
}

function swollen(read: number): Error {
  return new Error(
    `its first ${read} bytes inflate to more than ${MOST_SWELLING} times as many: no papers do`,
  );
}
