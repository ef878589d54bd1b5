export interface MarkerGroup {
  /** The sources named, in the order written, each once. */
  readonly kept: readonly number[];
  /** Numbers and ranges, as written, of which some part names no source. */
  readonly dropped: number;
}

const ITEM = /^\D*(\d+)(?:\s*[-‐‑–—−]\s*\^?(\d+))?[^\d†]*(?:†|$)/;
const INTERVAL = /^\[\s*0+\s*[-‐‑–—−,;]\s*\d+\s*\]$/;

/**
 * The sources that a marker names. A range takes the known numbers within it and is never spelled out.
 * @param marker in its brackets, as MarkerScan found it
 * @param known the sources' numbers in rising order
 * @returns undefined for "[0, 1]": numbers start at 1, so two of which the first is 0 are an interval of the text
 */
export function readMarkerGroup(marker: string, known: readonly number[]): MarkerGroup | undefined {
  if (INTERVAL.test(marker)) return undefined;
  const kept = new Set<number>();
  let dropped = 0;
  for (const item of marker.split(/[,;]/)) {
    const [, first, last = first] = ITEM.exec(item) ?? [];
    if (first === undefined) continue;
    const ends = [Number(first), Number(last)];
    const low = Math.min(...ends);
    const high = Math.max(...ends);
    const within = known.filter((number) => low <= number && number <= high);
    for (const number of within) kept.add(number);
    if (within.length <= high - low) dropped++;
  }
  return { kept: [...kept], dropped };
}
