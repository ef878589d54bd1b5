import type { MapGroup } from "../../src/protocol.ts";
import { TINTS } from "./palette.ts";

/** Neighbours whose tints a group avoids: one less than there are tints, so that one is always left. */
const AVOIDED = TINTS - 1;

/** A tint for each group, another than those of the groups around it. */
export function groupTints(groups: readonly MapGroup[]): number[] {
  const tints: number[] = [];
  for (const { x, y } of groups) {
    const near = tints
      .map((tint, at) => ({ tint, away: Math.hypot((groups[at]?.x ?? 0) - x, (groups[at]?.y ?? 0) - y) }))
      .sort((a, b) => a.away - b.away)
      .slice(0, AVOIDED)
      .map(({ tint }) => tint);
    const free = Array.from({ length: TINTS }, (_, tint) => tint).filter((tint) => !near.includes(tint));
    tints.push(free[tints.length % free.length] ?? 0);
  }
  return tints;
}
