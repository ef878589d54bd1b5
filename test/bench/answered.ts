/**
 * Fits whether the first paper found answers (src/answer/abstain/answered.ts) to the written questions of BENCH_WRITTEN and
 * to test/eval/unanswerable.jsonl, and prints every boundary's figures for questions that it was not fitted to. With
 * BENCH_FEATURES=FILE it writes what was weighed, with CALIBRATION_WRITE=1 the constants.
 */
import { writeFileSync } from "node:fs";
import { decide } from "../../src/answer/abstain/abstain.ts";
import { ANSWERED } from "../../src/answer/abstain/answered.ts";
import { logit } from "../../src/answer/abstain/evidence.ts";
import { mean, percentile, seededRandom } from "../../src/util/statistics.ts";
import { type AnsweredQuestion, answeredQuestions } from "./calibrate/answered-set.ts";
import { answeredSource } from "./calibrate/answered-source.ts";
import { area } from "./calibrate/area.ts";
import { fitLogistic } from "./calibrate/fit-logistic.ts";

const FOLDS = 10;
/**
 * A question of each kind counts as so many: chat as it is asked, not as seldom as it was written; factual ones are clear
 * without. Facts not said at 1 would pass for answered in .29, and take factual ones down to .84; at 0, .46 and .90.
 */
const WEIGHTS: Record<AnsweredQuestion["kind"], number> = { q: 1, c: 1.5, f: 0.5, n: 1, uq: 1, uf: 0.5 };
/** The same for what is not there: there is about twice as much of it as of what is. */
const WEIGHT_ABSENT = 0.7;

/** Boundaries that are printed. */
const BOUNDARIES = Array.from({ length: 9 }, (_, at) => -1.5 + at * 0.25);
const DRAWS = 2000;

const KINDS: readonly { name: string; kind: AnsweredQuestion["kind"]; paper: AnsweredQuestion["paper"] }[] = [
  { name: "everyday", kind: "q", paper: "in" },
  { name: "chat", kind: "c", paper: "in" },
  { name: "factual", kind: "f", paper: "in" },
  { name: "everyday, out", kind: "q", paper: "out" },
  { name: "chat, out", kind: "c", paper: "out" },
  { name: "factual, out", kind: "f", paper: "out" },
  { name: "unanswerable", kind: "uq", paper: "never" },
  { name: "near misses", kind: "n", paper: "never" },
  { name: "facts not said", kind: "uf", paper: "never" },
];

interface Judged extends AnsweredQuestion {
  readonly logit: number;
}

export async function benchAnswered(): Promise<void> {
  const set = await answeredQuestions();
  if (set === undefined) {
    console.log("skipped: BENCH_WRITTEN names no file");
    return;
  }
  const { questions, papers } = set;
  const answered = fitted(questions);
  const unseen = crossValidated(questions);
  console.log(`${papers} abstracts, fitted`, JSON.stringify(answered));
  console.log("stored", JSON.stringify(ANSWERED.answered));
  printCurve(unseen);
  printAreas(unseen);
  const table = intervals(unseen, ({ logit }) => logit >= ANSWERED.answeredFrom);
  printList(`\nat ${ANSWERED.answeredFrom}, of questions not seen, with 95 % intervals`, table);
  const decided = intervals(questions, ({ request }) => decide(request).confidence === "high");
  printList("\nhigh by the whole decision as it is stored", decided);
  if (process.env.BENCH_FEATURES !== undefined) {
    const lines = unseen.map(({ request: _, ...features }) => `${JSON.stringify(features)}\n`);
    writeFileSync(process.env.BENCH_FEATURES, lines.join(""));
  }
  if (process.env.CALIBRATION_WRITE === "1") {
    const source = answeredSource({ answered, answeredFrom: ANSWERED.answeredFrom }, papers, table);
    writeFileSync("src/answer/abstain/answered.ts", source);
    console.log("src/answer/abstain/answered.ts written");
  }
}

function fitted(questions: readonly AnsweredQuestion[]) {
  const weighed = questions.filter(({ kind }) => WEIGHTS[kind] > 0);
  return fitLogistic(
    weighed.map(({ kind, paper, right, evidence }) => ({
      features: evidence,
      positive: right,
      weight: WEIGHTS[kind] * (paper === "in" ? 1 : WEIGHT_ABSENT),
    })),
  );
}

/** Each with the logit of a fit that saw no question of its paper. */
function crossValidated(questions: readonly AnsweredQuestion[]): Judged[] {
  const asked = [...new Set(questions.map(({ i }) => i))].sort((a, b) => a - b);
  const folds = new Map(asked.map((i, at) => [i, at % FOLDS]));
  return Array.from({ length: FOLDS }, (_, fold) => {
    const weights = fitted(questions.filter(({ i }) => folds.get(i) !== fold));
    return questions
      .filter(({ i }) => folds.get(i) === fold)
      .map((question) => ({ ...question, logit: logit(question.evidence, weights) }));
  }).flat();
}

function ofKind<T extends AnsweredQuestion>(questions: readonly T[], at: (typeof KINDS)[number]): T[] {
  return questions.filter(({ kind, paper }) => kind === at.kind && paper === at.paper);
}

/** A line a boundary: of those whose paper is there the shares that are high and right, and high and wrong, else high. */
function printCurve(unseen: readonly Judged[]): void {
  console.log(
    "\n| from |",
    KINDS.map(({ name, paper }) => (paper === "in" ? `${name}: right, wrong` : name)).join(" | "),
    "|",
  );
  for (const from of BOUNDARIES) {
    const cells = KINDS.map((kind) => {
      const own = ofKind(unseen, kind);
      const share = (right: boolean) => share2(own.map((one) => one.logit >= from && one.right === right));
      return kind.paper === "in" ? `${share(true)}, ${share(false)}` : share(false);
    });
    console.log(`| ${from.toFixed(2)} | ${cells.join(" | ")} |`);
  }
}

/** Areas under the curve: how often one whose paper is there and first is above one whose paper is not. */
function printAreas(unseen: readonly Judged[]): void {
  console.log("\nareas under the curve, of questions not seen");
  for (const kind of KINDS.filter(({ paper }) => paper === "in")) {
    const logits = (at: (typeof KINDS)[number]) => ofKind(unseen, at).map((one) => one.logit);
    const cells = KINDS.filter(
      ({ paper, kind: of }) => paper === "never" || (paper === "out" && of === kind.kind),
    ).map((against) => `${against.name} ${area(logits(kind), logits(against)).toFixed(3)}`);
    console.log(`${kind.name} against ${cells.join(", ")}`);
  }
}

/** Of each kind, the shares that are high, with intervals by drawing the questions again. */
function intervals<T extends AnsweredQuestion>(
  questions: readonly T[],
  isHigh: (question: T) => boolean,
): string[] {
  return KINDS.map((kind) => {
    const own = ofKind(questions, kind).map((one) => ({ high: isHigh(one), right: one.right }));
    const share = (right: boolean) => withInterval(own.map((one) => one.high && one.right === right));
    const shares = kind.paper === "in" ? `and right ${share(true)}, and wrong ${share(false)}` : share(false);
    return `${kind.name.padEnd(14)} n ${String(own.length).padStart(3)} high ${shares}`;
  });
}

function withInterval(values: readonly boolean[]): string {
  const random = seededRandom(1);
  const draws = Array.from({ length: DRAWS }, () => {
    const drawn = values.map(() => values[Math.floor(random() * values.length)]);
    return mean(drawn.map(Number));
  });
  const [low, high] = [0.025, 0.975].map((part) => percentile(draws, part).toFixed(2));
  return `${share2(values)} (${low}–${high})`;
}

const share2 = (values: readonly boolean[]) => mean(values.map(Number)).toFixed(2);

function printList(heading: string, lines: readonly string[]): void {
  console.log([heading, ...lines].join("\n"));
}
