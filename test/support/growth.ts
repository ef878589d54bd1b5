/** How the cost of work grows with the length of what it is given. */

type Work = () => unknown;

/** As long as the figure shows more than it may, which on a busy machine may be chance. */
const MOST_RUNS = 12;
/**
 * Runs of the shorter work that are measured as one, and the quickest of them counts, since the machine only ever adds to
 * it: as much garbage is made as by the longer one, and the collector happens as often.
 */
const SHORT_RUNS = 8;
const ENOUGH = 2.3;
/** Milliseconds of CPU time: 20,000 characters, of which each seven are read again at each seven, take some 15. */
const NOTHING = 12;
/** The same: not worth waiting for again. */
const FAR_TOO_LONG = 2000;

/**
 * How many times the CPU time grows when the size doubles, on average from a quarter of the size to twice it: over three
 * doublings what the collector and other processes happen to do counts less, beside what a square would be. 1 where the larger one takes next to nothing.
 */
export async function growth(work: (size: number) => void | Promise<void>, size: number): Promise<number> {
  const sizes = { short: () => work(size / 4), long: () => work(2 * size) };
  return Math.cbrt(await timesLonger(sizes, { nothing: NOTHING, enough: ENOUGH ** 3 })) || 1;
}

/**
 * How many times the CPU time of the shorter work the longer one takes: measured again until it is `enough` at most. The
 * longer one, which costs most, is not measured again where its first time is enough already.
 * @param limits `nothing`: milliseconds below which the longer one takes next to nothing, and the figure is 0
 */
export async function timesLonger(
  { short, long }: { readonly short: Work; readonly long: Work },
  { nothing, enough }: { readonly nothing: number; readonly enough: number },
): Promise<number> {
  let longMs = await cpuTime(long);
  if (longMs > FAR_TOO_LONG) return Number.POSITIVE_INFINITY;
  let shortMs = Number.POSITIVE_INFINITY;
  const shorts = async () => {
    for (let one = 0; one < SHORT_RUNS; one++) await short();
  };
  for (let run = 1; longMs >= nothing; run++) {
    shortMs = Math.min(shortMs, (await cpuTime(shorts)) / SHORT_RUNS);
    if (longMs <= enough * shortMs || run === MOST_RUNS) return longMs / shortMs;
    longMs = Math.min(longMs, await cpuTime(long));
  }
  return 0;
}

async function cpuTime(work: Work): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
