/** How the cost of work grows with the length of what it is given. */

/** Runs of each size at least; the quickest counts, since the machine only ever adds to it. */
const RUNS = 2;
/** As long as the figure shows more than linear work, which on a busy machine may be chance. */
const MOST_RUNS = 12;
const ENOUGH = 2.3;
/** Milliseconds of CPU time: 20,000 characters, of which each seven are read again at each seven, take some 15. */
const NOTHING = 12;
/** The same: not worth waiting for again. */
const FAR_TOO_LONG = 2000;

/**
 * How many times the CPU time grows when the size doubles, on average from half the size to twice it: over two doublings
 * what the collector happens to do counts less. 1 where the larger one takes next to nothing.
 */
export async function growth(work: (size: number) => void | Promise<void>, size: number): Promise<number> {
  const first = await cpuTime(work, 2 * size);
  if (first < NOTHING || first > FAR_TOO_LONG) return first < NOTHING ? 1 : Number.POSITIVE_INFINITY;
  let [once, twice] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let run = 0; run < MOST_RUNS && (run < RUNS || twice > ENOUGH ** 2 * once); run++) {
    once = Math.min(once, await cpuTime(work, size / 2));
    twice = Math.min(twice, await cpuTime(work, 2 * size));
  }
  return Math.sqrt(twice / once);
}

async function cpuTime(work: (size: number) => void | Promise<void>, size: number): Promise<number> {
  const before = process.cpuUsage();
  await work(size);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
