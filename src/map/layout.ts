/** Port: neighbours to places in the plane, neighbours near each other. */
import type { NearestRows } from "./matrix.ts";

export type Point = [x: number, y: number];

interface LayoutRequest {
  /** Of each point the same number of neighbours, as positions in this list, the point itself first; 4 points or more. */
  readonly neighbours: readonly NearestRows[];
  /** Where each point is before: what the neighbours leave open stays as it was. */
  readonly initial: readonly Point[];
  /** In [0, 1). */
  readonly random: () => number;
  /** Awaited now and then: its rejection ends the work. */
  readonly pause: () => Promise<void>;
}

export type Layout = (request: LayoutRequest) => Promise<Point[]>;
