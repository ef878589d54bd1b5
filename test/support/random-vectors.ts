import type { VectorItem } from "../../src/store/vectors/vector-store.ts";

/** Unit vectors from a seeded generator (mulberry32): the same every run. */
export function randomVectors(count: number, dimension: number, seed = 1): Float32Array[] {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296 - 0.5;
  };
  return Array.from({ length: count }, () => {
    const vector = Float32Array.from({ length: dimension }, next);
    const length = Math.hypot(...vector);
    return vector.map((value) => value / length);
  });
}

/** Items in the shape of a corpus: every fourth a whole paper, the rest its passages. */
export function itemsFor(count: number): VectorItem[] {
  return Array.from({ length: count }, (_, at) => ({
    paperId: `paper-${Math.floor(at / 4)}`,
    kind: at % 4 === 0 ? "paper" : "passage",
    field: "abstract",
    start: (at % 4) * 100,
    end: (at % 4) * 100 + 90,
  }));
}
