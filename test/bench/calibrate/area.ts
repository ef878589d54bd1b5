import { mean } from "../../../src/util/statistics.ts";

/** Area under the curve: how often one of `above` is greater than one of `below`. */
export function area(above: readonly number[], below: readonly number[]): number {
  return mean(above.flatMap((a) => below.map((b) => (a > b ? 1 : a === b ? 0.5 : 0))));
}
