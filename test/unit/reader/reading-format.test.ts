import { expect, it } from "vitest";
import {
  packReading,
  paperVector,
  type Reading,
  type ReadWindow,
  unpackReading,
} from "../../../src/reader/reading-format.ts";
import { dot } from "../../../src/util/vectors.ts";

/** Two rows of 1 and 2 pieces. */
const READING: Reading = {
  sentences: 3,
  windows: [7, 8].map((seed) => ({
    rows: [
      { at: -1, pieces: 1, place: Float32Array.of(0, 0, 0, 0.5) },
      { at: seed, pieces: 2, place: Float32Array.of(0.5, 1, 0, 0.25) },
    ],
    paper: new Float32Array(256).fill(seed),
    vectors: new Float32Array(2 * 256).fill(seed + 1),
    topics: new Float32Array(2 * 64).fill(seed + 2),
    scales: new Float32Array(3 * 3).fill(seed + 3),
    ids: Uint32Array.of(5, 6, 39_999),
    pieces: new Int8Array(3 * 384).map((_, at) => (at % 255) - 127),
  })),
};

it("gives a reading back, wherever its bytes stand in memory", () => {
  const packed = packReading(READING);
  expect(unpackReading(packed)).toEqual(READING);
  const odd = new Uint8Array(packed.length + 3);
  odd.set(packed, 3);
  expect(unpackReading(odd.subarray(3))).toEqual(READING);
  expect(unpackReading(Buffer.from(odd.buffer, 3))).toEqual(READING);
});

it("gives the direction of the paper's vector in bytes", () => {
  const paper = Float32Array.from({ length: 256 }, (_, at) => Math.sin(at) / 9);
  const [first, ...rest] = READING.windows as [ReadWindow, ...ReadWindow[]];
  const bytes = paperVector(packReading({ ...READING, windows: [{ ...first, paper }, ...rest] }));
  expect(Math.max(...bytes.map(Math.abs))).toBe(127);
  expect(dot(Float32Array.from(bytes), paper) / Math.hypot(...bytes) / Math.hypot(...paper)).toBeGreaterThan(
    0.9999,
  );
});

it.each([0, 1, 11, 600, -1])("refuses bytes that end too early (%i)", (length) => {
  expect(() => unpackReading(packReading(READING).slice(0, length))).toThrow(RangeError);
});
