/**
 * Vectors that an ingest has made so far, so that the next one need not make them again when it is killed. One file of
 * blocks, one a batch: Uint32 bytes of the head, Uint32 bytes of the vectors, 8 bytes of the SHA-256 of both; the head, a JSON
 * list of [key, number of vectors]; the vectors, Float32 little-endian. The first block's head names what made the vectors. A
 * block that is cut off or damaged ends it: what stands before counts.
 */
import { createHash } from "node:crypto";
import { type FileHandle, mkdir, open, rm } from "node:fs/promises";
import path from "node:path";

const FILE = "embedding.checkpoint";
const PREFIX = 16;
const DIGEST = 8;
/** Bytes of one block: a batch of the longest abstracts has a tenth. Another number is damage. */
const MOST_BYTES = 256 * 1024 * 1024;

export interface EmbeddedPaper {
  /** Of the paper and its text. */
  readonly key: string;
  readonly vectors: readonly Float32Array[];
}

export class EmbeddingCheckpoint {
  readonly #file: string;
  readonly #madeBy: string;
  readonly #dimension: number;
  #handle: FileHandle | undefined;
  #isBroken = false;

  /**
   * @param folder VECTORSTORE_DIR, whose writer lock is held
   * @param madeBy what vectors of other makers are told by: embedder and chunker
   */
  constructor(folder: string, { madeBy, dimension }: { madeBy: string; dimension: number }) {
    this.#file = path.join(folder, FILE);
    this.#madeBy = madeBy;
    this.#dimension = dimension;
  }

  /** What an ingest that did not end has left, by key. What is damaged or of another maker is not used. */
  async recall(): Promise<Map<string, readonly Float32Array[]>> {
    const found = new Map<string, readonly Float32Array[]>();
    const handle = await open(this.#file, "r+").catch(() => undefined);
    if (handle === undefined) return found;
    let end = 0;
    try {
      for (
        let block = await readBlock(handle, 0);
        block !== undefined;
        block = await readBlock(handle, end)
      ) {
        if (end === 0 && block.head !== this.#madeBy) break;
        if (end > 0) for (const { key, vectors } of this.#unpack(block)) found.set(key, vectors);
        end = block.end;
      }
      // The next block stands behind the last whole one.
      await handle.truncate(end);
    } finally {
      await handle.close();
    }
    return found;
  }

  /** Keeps a batch. Where the disk takes nothing the ingest goes on without: it will say itself what is wrong. */
  async add(papers: readonly EmbeddedPaper[]): Promise<void> {
    if (this.#isBroken) return;
    try {
      this.#handle ??= await this.#begin();
      const head = JSON.stringify(papers.map(({ key, vectors }) => [key, vectors.length]));
      await this.#handle.appendFile(
        packBlock(
          head,
          papers.flatMap(({ vectors }) => vectors),
        ),
      );
      // A process that is killed loses nothing that was handed over; a machine that loses its power may.
    } catch {
      this.#isBroken = true;
      await this.remove();
    }
  }

  /** Ends writing; what is there stays for the next. */
  async close(): Promise<void> {
    await this.#handle?.close();
    this.#handle = undefined;
  }

  /** The vectors are in the index, or of no use. */
  async remove(): Promise<void> {
    await this.close();
    await rm(this.#file, { force: true });
  }

  async #begin(): Promise<FileHandle> {
    await mkdir(path.dirname(this.#file), { recursive: true });
    const handle = await open(this.#file, "a", 0o600);
    const { size } = await handle.stat();
    if (size === 0) await handle.appendFile(packBlock(this.#madeBy, []));
    return handle;
  }

  #unpack({ head, body }: Block): EmbeddedPaper[] {
    const values = new Float32Array(body.buffer, body.byteOffset, body.byteLength / 4);
    let from = 0;
    return (JSON.parse(head) as [key: string, count: number][]).map(([key, count]) => {
      const vectors = Array.from({ length: count }, () => {
        const vector = values.slice(from, from + this.#dimension);
        from += this.#dimension;
        return vector;
      });
      return { key, vectors };
    });
  }
}

interface Block {
  readonly head: string;
  readonly body: Uint8Array;
  /** Where the next begins. */
  readonly end: number;
}

function packBlock(head: string, vectors: readonly Float32Array[]): Buffer {
  const named = Buffer.from(head);
  const body = Buffer.concat(
    vectors.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength)),
  );
  const prefix = Buffer.alloc(PREFIX);
  prefix.writeUInt32LE(named.length, 0);
  prefix.writeUInt32LE(body.length, 4);
  digestOf(named, body).copy(prefix, PREFIX - DIGEST);
  return Buffer.concat([prefix, named, body]);
}

/** Undefined at the end of the file, and where a block is cut off or damaged. */
async function readBlock(handle: FileHandle, at: number): Promise<Block | undefined> {
  const prefix = await read(handle, at, PREFIX);
  if (prefix === undefined) return undefined;
  const [named, body] = [prefix.readUInt32LE(0), prefix.readUInt32LE(4)];
  if (named + body > MOST_BYTES) return undefined;
  const bytes = await read(handle, at + PREFIX, named + body);
  if (bytes === undefined) return undefined;
  const [head, vectors] = [bytes.subarray(0, named), bytes.subarray(named)];
  if (!digestOf(head, vectors).equals(prefix.subarray(PREFIX - DIGEST))) return undefined;
  // Aligned, as numbers of four bytes have to be.
  return { head: head.toString(), body: new Uint8Array(vectors), end: at + PREFIX + named + body };
}

async function read(handle: FileHandle, at: number, length: number): Promise<Buffer | undefined> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await handle.read(bytes, 0, length, at);
  return bytesRead === length ? bytes : undefined;
}

function digestOf(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest().subarray(0, DIGEST);
}
