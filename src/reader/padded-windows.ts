/** Windows of several papers as the tensors that one run takes. */
import { PARTS, PIECE, type ReadWindow } from "./reading-format.ts";

/** The pieces of all rows, each row filled up with zeros to the longest. */
export function padded(windows: readonly ReadWindow[]) {
  const lengths = windows.flatMap(({ rows }) => rows.map(({ pieces }) => pieces));
  const most = Math.max(...lengths);
  const ids = new BigInt64Array(lengths.length * most);
  const pieces = new Int8Array(ids.length * PIECE);
  const scales = new Float32Array(ids.length * PARTS.length);
  let to = 0;
  for (const window of windows) {
    let from = 0;
    for (const { pieces: count } of window.rows) {
      const end = from + count;
      pieces.set(window.pieces.subarray(from * PIECE, end * PIECE), to * PIECE);
      scales.set(window.scales.subarray(from * PARTS.length, end * PARTS.length), to * PARTS.length);
      for (let at = from; at < end; at++) ids[to + at - from] = BigInt(window.ids[at] as number);
      from = end;
      to += most;
    }
  }
  return { most, ids, pieces, scales };
}

/** For each window its rows, filled up with its title's to the widest. */
export function rowsOf(windows: readonly ReadWindow[], widest: number): number[] {
  let first = 0;
  return windows.flatMap(({ rows }) => {
    const from = first;
    first += rows.length;
    return Array.from({ length: widest }, (_, at) => from + (at < rows.length ? at : 0));
  });
}

export function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
