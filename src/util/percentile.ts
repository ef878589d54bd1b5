/**
 * The value that `share` of the others are not above (nearest rank); 0 of nothing.
 * @param share in [0, 1]: .5 is the median
 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
