/** Whether a mean has changed by more than chance, question by question against an earlier run. */
import { mean, seededRandom } from "../util/statistics.ts";
import { groups } from "./groups.ts";
import type { Result } from "./result.ts";

interface MeanChange {
  /** Questions that both runs have. */
  readonly n: number;
  readonly before: number;
  readonly now: number;
  /** The interval of the difference that holds 95 % of the bootstrap's. */
  readonly low: number;
  readonly high: number;
}

/** Samples drawn: the bounds move by less than a hundredth of their width with more. */
const SAMPLES = 2000;
/** Questions of a group: of fewer there is no interval to speak of. */
const FEWEST = 5;
/** Of the samples at either end. */
const TAIL = 0.025;
const SEED = 1;

/** Of a group of questions (`groups.ts`). */
export interface ChangedMean {
  readonly group: string;
  readonly figure: string;
  readonly change: MeanChange;
}

/** Questions answered right, and the rank of their papers, of all questions and of each type. */
export function changedMeans(now: readonly Result[], before: readonly Result[]): ChangedMean[] {
  return [...groups(now)].flatMap(([group, results]) =>
    FIGURES.flatMap(([figure, figureOf]) => {
      const change = meanChange(results, before, figureOf);
      return change === undefined ? [] : [{ group, figure, change }];
    }),
  );
}

/** "everyday.ndcg@10 0.512 → 0.498 [-0.031, 0.002] of 90": the interval is that of the difference. */
export function meanText({ group, figure, change }: ChangedMean): string {
  const [before, now, low, high] = [change.before, change.now, change.low, change.high].map((value) =>
    value.toFixed(3),
  );
  return `${group}.${figure} ${before} → ${now} [${low}, ${high}] of ${change.n}`;
}

/** Worse by more than chance. */
export function isWorse({ high }: MeanChange): boolean {
  return high < 0;
}

/** What is compared: a baseline keeps the verdict of each question, and its figures. */
const FIGURES: readonly (readonly [string, (result: Result) => number | undefined])[] = [
  ["right", ({ right }) => (right ? 1 : 0)],
  ["ndcg@10", ({ figures }) => figures["ndcg@10"]],
];

/**
 * The mean of a figure over the questions that both runs have, and the interval of its change by bootstrap over
 * questions (Efron 1979): four of a hundred and fifty lost and none won are a loss, three may be chance.
 * @param figureOf undefined for a question that does not have the figure
 * @returns undefined of fewer than five such questions
 */
function meanChange(
  now: readonly Result[],
  before: readonly Result[],
  figureOf: (result: Result) => number | undefined,
): MeanChange | undefined {
  const earlier = new Map(before.map((result) => [result.id, figureOf(result)]));
  const pairs = now.flatMap((result) => {
    const [from, to] = [earlier.get(result.id), figureOf(result)];
    return from === undefined || to === undefined ? [] : [{ from, to }];
  });
  if (pairs.length < FEWEST) return undefined;
  const random = seededRandom(SEED);
  const sums = Array.from({ length: SAMPLES }, () => {
    let sum = 0;
    for (let draw = 0; draw < pairs.length; draw++) {
      const { from, to } = pairs[Math.floor(random() * pairs.length)] ?? { from: 0, to: 0 };
      sum += to - from;
    }
    return sum / pairs.length;
  }).sort((a, b) => a - b);
  const bound = (share: number) => sums[Math.round(share * (SAMPLES - 1))] ?? 0;
  return {
    n: pairs.length,
    before: mean(pairs.map(({ from }) => from)),
    now: mean(pairs.map(({ to }) => to)),
    low: bound(TAIL),
    high: bound(1 - TAIL),
  };
}
