/** Every figure that a report prints and a threshold can name. */
import { mean, percentile } from "../util/statistics.ts";
import type { Result } from "./result.ts";

export interface FigureKind {
  readonly section: "ranking" | "answers" | "confidence" | "time";
  /** What it says, for `--help` and README.md. */
  readonly about: string;
  /** The figure of a group of results; undefined where none of them has it. */
  readonly of: (group: readonly Result[]) => number | undefined;
}

const part = (section: FigureKind["section"], name: string, about: string): [string, FigureKind] => [
  name,
  { section, about, of: (group) => meanOf(group.map(({ figures }) => figures[name])) },
];

const confident = (name: string, about: string, holds: (result: Result) => boolean): [string, FigureKind] => [
  name,
  { section: "confidence", about, of: (group) => meanOf(group.map((result) => (holds(result) ? 1 : 0))) },
];

const time = (name: string, share: number, about: string): [string, FigureKind] => [
  name,
  {
    section: "time",
    about,
    of: (group) => {
      const took = defined(group.map(({ ms }) => ms));
      return took.length === 0 ? undefined : percentile(took, share);
    },
  },
];

export const FIGURES: ReadonlyMap<string, FigureKind> = new Map([
  part("ranking", "hit@1", "a right paper comes first"),
  part("ranking", "hit@3", "a right paper among the first three; of a follow-up: it was understood"),
  part("ranking", "hit@10", "a right paper among the first ten"),
  part("ranking", "recall@10", "share of the right papers among the first ten"),
  part("ranking", "mrr", "1 / the rank of the first right paper, 0 past ten"),
  part("ranking", "ndcg@10", "discounted gain at ten, as a share of the best possible"),
  part("answers", "must", "all `must` texts in the answer"),
  part("answers", "must@3", "all `must` texts in its first three sentences"),
  part("answers", "must@1", "all `must` texts in its first sentence"),
  part("answers", "must-short", "all `must` texts in the answer, and it has at most three sentences"),
  part("answers", "evidence", "share of the evidence sentences that a note quotes"),
  part("answers", "citation-precision", "share of the notes that cite a right or partly right paper"),
  part("answers", "citation-recall", "share of the right papers that are cited"),
  part("answers", "verbatim", "share of the notes whose quote stands in its paper at its offsets"),
  confident("high", "answered with confidence", ({ confidence }) => confidence === "high"),
  confident(
    "tentative",
    "answered with the closest there is",
    ({ confidence }) => confidence === "tentative",
  ),
  confident(
    "none",
    "refused; a false refusal where papers answer",
    ({ confidence }) => confidence === "none",
  ),
  confident("not-high", "tentative or refused", ({ confidence }) => confidence !== "high"),
  part("confidence", "declined", "unanswerable: not high, or marked as not stated"),
  [
    "abstain-precision",
    {
      section: "confidence",
      about: "share of the refusals that are right; of all questions together",
      of: precision,
    },
  ],
  [
    "abstain-recall",
    { section: "confidence", about: "share of the unanswerable that are refused", of: coverage },
  ],
  confident(
    "right",
    "questions answered as their type asks (what a baseline compares)",
    ({ right }) => right,
  ),
  time("p50", 0.5, "milliseconds to the last word, median"),
  time("p99", 0.99, "milliseconds to the last word, 99th percentile"),
]);

/** Only of a group that could be refused rightly and wrongly: in a type, all refusals are the one or the other. */
function precision(group: readonly Result[]): number | undefined {
  const isMixed = group.some(({ answerable }) => answerable) && !group.every(({ answerable }) => answerable);
  return isMixed ? meanOf(group.filter(refused).map(({ answerable }) => (answerable ? 0 : 1))) : undefined;
}

function coverage(group: readonly Result[]): number | undefined {
  return meanOf(group.filter(({ answerable }) => !answerable).map((result) => (refused(result) ? 1 : 0)));
}

const refused = ({ confidence }: Result): boolean => confidence === "none";

const defined = (values: readonly (number | undefined)[]): number[] =>
  values.filter((value) => value !== undefined);

function meanOf(values: readonly (number | undefined)[]): number | undefined {
  const given = defined(values);
  return given.length === 0 ? undefined : mean(given);
}
