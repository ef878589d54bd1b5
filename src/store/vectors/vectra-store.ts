/**
 * VectorStorage in Vectra's own format: `index.pb`, which opens with Vectra's tools. Vectra's insert path looks
 * through all ids at every insert, its query walks arrays of boxed numbers, and its codec takes the whole index at
 * once. So a store is written and read through that codec slice by slice, in constant memory and without holding up
 * the event loop, and scanned as one Float32Array.
 */
import { open, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import type { IndexItem, ProtobufCodec } from "vectra";
import { Field } from "../../protocol.ts";
import { nextTurn } from "../../util/turns.ts";
import { DamagedIndexError } from "../index-errors.ts";
import { PackedVectors } from "./packed-vectors.ts";
import type { VectorItem, VectorStorage } from "./vector-store.ts";

const FILE = "index.pb";
/** Vectra's own format version. */
const VECTRA_VERSION = 1;
/** About 110,000 abstracts. At 100,000 a start takes 8 s, a search 0.1 s, a rebuild 3 GiB: README has the measurements. */
const CAPACITY = 400_000;
/** Items encoded or decoded between two turns of the event loop: about 10 ms of work. */
const SLICE_ITEMS = 512;

export const vectraStorage: VectorStorage = {
  capacity: CAPACITY,

  async write(folder, items, vectors) {
    const codec = vectraCodec();
    const handle = await open(path.join(folder, FILE), "w");
    try {
      // Encodings of one message type may be concatenated: their repeated fields append. The first holds the version.
      for (let at = 0; at === 0 || at < items.length; at += SLICE_ITEMS) {
        const rows = items.slice(at, at + SLICE_ITEMS).map((item, i) => toRow(item, vectors[at + i]));
        await handle.writeFile(
          codec.serializeIndex({ version: VECTRA_VERSION, metadata_config: {}, items: rows }),
        );
        await nextTurn();
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    return [FILE];
  },

  async load(folder, dimension) {
    const file = path.join(folder, FILE);
    try {
      const codec = vectraCodec();
      const bytes = await readFile(file);
      const items: VectorItem[] = [];
      const slices: Float32Array[] = [];
      for (const slice of protobufSlices(bytes, SLICE_ITEMS)) {
        const rows = codec.deserializeIndex(slice).items;
        slices.push(packRows(rows, dimension));
        for (const row of rows) items.push(toItem(row));
        await nextTurn();
      }
      return new PackedVectors(items, concatenate(slices), dimension);
    } catch (cause) {
      throw new DamagedIndexError(`${file} cannot be read`, cause);
    }
  },
};

function toRow(item: VectorItem, vector: Float32Array = new Float32Array()): IndexItem {
  const norm = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return { id: itemId(item), metadata: { ...item }, vector: Array.from(vector), norm };
}

/** @returns row-major, rows × dimension */
function packRows(rows: readonly IndexItem[], dimension: number): Float32Array {
  const packed = new Float32Array(rows.length * dimension);
  for (const [at, { id, vector }] of rows.entries()) {
    if (vector.length !== dimension) {
      throw new RangeError(`item "${id}" has ${vector.length} dimensions, the manifest says ${dimension}`);
    }
    packed.set(vector, at * dimension);
  }
  return packed;
}

function concatenate(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function itemId(item: VectorItem): string {
  return item.kind === "paper" ? item.paperId : `${item.paperId}:${item.field}:${item.start}-${item.end}`;
}

function toItem({ id, metadata }: IndexItem): VectorItem {
  const { paperId, kind, field, start, end } = metadata;
  const known = Field.safeParse(field);
  if (typeof paperId !== "string" || (kind !== "paper" && kind !== "passage") || !known.success) {
    throw new TypeError(`item "${id}" is not one that Footnote wrote`);
  }
  return { paperId, kind, field: known.data, start: Number(start), end: Number(end) };
}

/**
 * Vectra's codec by its own file. The package's entry, the one thing that it exports, pulls in tokenizers and HTTP clients
 * that nothing here uses: 500 ms and 108 MB in every process that opens an index, against 24 ms and 7 MB. The version is
 * pinned exactly, and every test of the store comes by here.
 */
function vectraCodec(): ProtobufCodec {
  const require = createRequire(import.meta.url);
  const file = path.join(path.dirname(require.resolve("vectra")), "codecs", "ProtobufCodec.js");
  const codecs = require(file) as Pick<typeof import("vectra"), "ProtobufCodec">;
  return new codecs.ProtobufCodec();
}

const LENGTH_DELIMITED = 2;
/** Bytes a field by wire type; varints and length-delimited fields tell their own. */
const FIXED: Readonly<Record<number, number>> = { 1: 8, 5: 4 };

/**
 * Slices of a Protobuf message that each hold up to `count` top-level length-delimited fields and whatever stands
 * between them. Every slice is a valid encoding of the same message type: fields only merge when messages are
 * concatenated (Protocol Buffers, encoding, "Last One Wins" and merge rules), so decoding slice by slice gives all
 * elements of a repeated field, in order.
 * @throws RangeError where the bytes are no message: cut off, or of an unknown wire type
 */
function* protobufSlices(message: Buffer, count: number): Generator<Buffer> {
  let begin = 0;
  let fields = 0;
  for (let at = 0; at < message.length; ) {
    const tag = readVarint(message, at);
    const wireType = tag.value & 7;
    if (wireType === LENGTH_DELIMITED) {
      const length = readVarint(message, tag.end);
      at = length.end + length.value;
      fields++;
    } else if (wireType === 0) {
      at = readVarint(message, tag.end).end;
    } else {
      const size = FIXED[wireType];
      if (size === undefined) throw new RangeError(`byte ${at} has the unknown wire type ${wireType}`);
      at = tag.end + size;
    }
    if (at > message.length)
      throw new RangeError(`the message is cut off: a field ends at byte ${at} of ${message.length}`);
    if (fields === count) {
      yield message.subarray(begin, at);
      begin = at;
      fields = 0;
    }
  }
  if (begin < message.length) yield message.subarray(begin);
}

function readVarint(bytes: Uint8Array, start: number): { value: number; end: number } {
  let value = 0;
  for (let at = start, scale = 1; at < bytes.length && at < start + 5; at++, scale *= 128) {
    const byte = bytes[at] ?? 0;
    value += (byte & 127) * scale;
    if (byte < 128) return { value, end: at + 1 };
  }
  throw new RangeError(`byte ${start} begins no length`);
}
