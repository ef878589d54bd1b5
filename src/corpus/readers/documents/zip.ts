import { inflateRawSync } from "node:zlib";

/** Files of one archive that are listed. */
const MOST_FILES = 20_000;
/** Bytes of one file in it, and of all that are read. */
const MOST_BYTES = 64 * 1024 * 1024;
const MOST_IN_ALL = 256 * 1024 * 1024;
/** Bytes at the end in which the directory is announced, with the longest comment. */
const END_BYTES = 22 + 65_535;
const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const FILE_SIGNATURE = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;

interface ZipEntry {
  readonly method: number;
  readonly packed: number;
  readonly offset: number;
  readonly isEncrypted: boolean;
}

/** The files of a zip archive, as its directory lists them; nothing is ever written. Names are looked up, never followed. */
export class Zip {
  readonly #bytes: Buffer;
  readonly #entries = new Map<string, ZipEntry>();
  #inflated = 0;

  /** @throws Error when it is no archive, or is cut off */
  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    const from = Math.max(0, bytes.length - END_BYTES);
    let end = bytes.length - 22;
    while (end >= from && bytes.readUInt32LE(end) !== END_SIGNATURE) end--;
    if (end < from || bytes.length < 22) throw new Error("is no zip archive, or is cut off");
    let at = bytes.readUInt32LE(end + 16);
    const count = Math.min(bytes.readUInt16LE(end + 10), MOST_FILES);
    for (let index = 0; index < count && at + 46 <= bytes.length; index++) {
      if (bytes.readUInt32LE(at) !== ENTRY_SIGNATURE) break;
      const nameLength = bytes.readUInt16LE(at + 28);
      const name = bytes.toString("utf8", at + 46, at + 46 + nameLength);
      this.#entries.set(name, {
        method: bytes.readUInt16LE(at + 10),
        packed: bytes.readUInt32LE(at + 20),
        offset: bytes.readUInt32LE(at + 42),
        isEncrypted: (bytes.readUInt16LE(at + 8) & 1) === 1,
      });
      at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    }
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  /** A file's text; undefined when there is none of the name. @throws Error when it is too large, damaged or encrypted */
  text(name: string): string | undefined {
    const entry = this.#entries.get(name);
    if (entry === undefined) return undefined;
    if (entry.isEncrypted) throw new Error("is encrypted: save a copy without a password");
    const { offset, packed, method } = entry;
    if (offset + 30 > this.#bytes.length || this.#bytes.readUInt32LE(offset) !== FILE_SIGNATURE)
      throw new Error(`its part ${name} is damaged`);
    const start = offset + 30 + this.#bytes.readUInt16LE(offset + 26) + this.#bytes.readUInt16LE(offset + 28);
    const data = this.#bytes.subarray(start, start + packed);
    const bytes = method === STORED ? data : inflate(name, data, method, MOST_IN_ALL - this.#inflated);
    this.#inflated += bytes.length;
    return bytes.toString("utf8").replace(/^\ufeff/, "");
  }
}

function inflate(name: string, data: Buffer, method: number, left: number): Buffer {
  if (method !== DEFLATED) throw new Error(`its part ${name} is packed in a way that is not read`);
  try {
    return inflateRawSync(data, { maxOutputLength: Math.max(1, Math.min(MOST_BYTES, left)) });
  } catch (error) {
    const isTooLarge = error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";
    throw new Error(
      isTooLarge
        ? `its part ${name} inflates to more than ${MOST_BYTES >> 20} MiB`
        : `its part ${name} is damaged`,
    );
  }
}
