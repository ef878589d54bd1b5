/**
 * A reading as bytes, little-endian: Uint32 sentences of the abstract, Uint32 windows, then for each window
 * Uint32 rows (the title and its sentences); for each row Uint32 number of pieces, Int32 which sentence, Float32 × 4 its
 * place; Float32: the paper's vector, the rows' vectors, their topics, three scales for each piece; Uint32 ids of the
 * pieces; Int8 vectors of the pieces. About 80 kB for an abstract.
 */

import type { StoredReading } from "../store/readings/reading-store.ts";

/** Numbers of a piece: meaning 256, key 64, value 64; each part has a scale of its own. */
export const PARTS = [256, 64, 64] as const;
export const PIECE = 384;
export const VECTOR = 256;
export const TOPIC = 64;
export const PLACE = 4;

/** One window of a paper as the reader compares it with questions. */
export interface ReadWindow {
  /** Of each row: which sentence of the abstract (-1: the title), its pieces, its place. */
  readonly rows: readonly { readonly at: number; readonly pieces: number; readonly place: Float32Array }[];
  /** VECTOR numbers. */
  readonly paper: Float32Array;
  /** rows × VECTOR. */
  readonly vectors: Float32Array;
  /** rows × TOPIC. */
  readonly topics: Float32Array;
  /** pieces × 3. */
  readonly scales: Float32Array;
  readonly ids: Uint32Array;
  /** pieces × PIECE, row by row. */
  readonly pieces: Int8Array;
}

export interface Reading {
  readonly sentences: number;
  readonly windows: readonly ReadWindow[];
}

export function packReading({ sentences, windows }: Reading): Uint8Array {
  const parts: ArrayBufferView[] = [Uint32Array.of(sentences, windows.length)];
  for (const { rows, paper, vectors, topics, scales, ids, pieces } of windows) {
    parts.push(Uint32Array.of(rows.length));
    for (const { at, pieces, place } of rows) parts.push(Uint32Array.of(pieces), Int32Array.of(at), place);
    parts.push(paper, vectors, topics, scales, ids, pieces);
  }
  return Buffer.concat(parts.map(bytesOf));
}

/** Views into the bytes, nothing copied but where they are not aligned. @throws RangeError for bytes that are cut */
export function unpackReading(bytes: Uint8Array): Reading {
  // A copy by the constructor: the `slice` of a Buffer is a view.
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
  const { buffer } = aligned;
  let at = aligned.byteOffset;
  const end = at + aligned.byteLength;
  const advance = (size: number) => {
    if (at + size > end) throw new RangeError("the reading ends too early");
    at += size;
    return at - size;
  };
  const uints = (count: number) => new Uint32Array(buffer, advance(4 * count), count);
  const ints = (count: number) => new Int32Array(buffer, advance(4 * count), count);
  const floats = (count: number) => new Float32Array(buffer, advance(4 * count), count);
  const [sentences = 0, count = 0] = uints(2);
  const windows: ReadWindow[] = [];
  for (let window = 0; window < count; window++) {
    const [rowCount = 0] = uints(1);
    const rows: ReadWindow["rows"][number][] = [];
    let total = 0;
    for (let row = 0; row < rowCount; row++) {
      const [pieces = 0] = uints(1);
      const [sentence = -1] = ints(1);
      rows.push({ at: sentence, pieces, place: floats(PLACE) });
      total += pieces;
    }
    windows.push({
      rows,
      paper: floats(VECTOR),
      vectors: floats(rowCount * VECTOR),
      topics: floats(rowCount * TOPIC),
      scales: floats(total * PARTS.length),
      ids: uints(total),
      pieces: new Int8Array(buffer, advance(total * PIECE), total * PIECE),
    });
  }
  return { sentences, windows };
}

/** The paper's vector, of its first window, as bytes: their direction is its own, to 1/254 of its largest number. */
export function paperVector(reading: Uint8Array): Int8Array {
  const vector = unpackReading(reading).windows[0]?.paper ?? new Float32Array(VECTOR);
  const largest = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  return Int8Array.from(vector, (value) => Math.round((127 * value) / largest));
}

export function withVector(reading: Uint8Array): StoredReading {
  return { reading, vector: paperVector(reading) };
}

/** PIECE is a multiple of 4: whatever follows a window's pieces is aligned again. */
function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
