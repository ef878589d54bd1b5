/**
 * Fits the decision to abstain (src/answer/abstain/abstain.ts) to the questions of test/eval, or of CALIBRATION_FOLDER, and
 * prints how well it does on questions that it was not fitted to. With CALIBRATION_WRITE=1 it writes the constants.
 */
import { writeFileSync } from "node:fs";
import { decide } from "../../src/answer/abstain/abstain.ts";
import { ANSWERED } from "../../src/answer/abstain/answered.ts";
import { aboutEvidence, type Calibration, logit, statedEvidence } from "../../src/answer/abstain/evidence.ts";
import { FITTED } from "../../src/answer/abstain/fitted.ts";
import { readAmong } from "../../src/question/read-among.ts";
import { mean, percentile } from "../../src/util/statistics.ts";
import { area } from "./calibrate/area.ts";
import { type CalibrationQuestion, calibrationQuestions } from "./calibrate/calibration-set.ts";
import { calibrationSource } from "./calibrate/calibration-source.ts";
import { fitLogistic } from "./calibrate/fit-logistic.ts";

const FOLDS = 10;
/** Questions of each kind as if there were this many: what is asked rarely in the sets is not asked rarely. */
const ABOUT_WEIGHTS: Record<string, number> = {
  semantic: 180,
  multi: 120,
  factual: 60,
  followup: 60,
  summary: 90,
  near: 300,
  other: 240,
  abroad: 100,
};
const STATED_WEIGHTS: Record<string, number> = {
  factual: 150,
  followup: 60,
  semantic: 100,
  near: 100,
  detail: 180,
  strayed: 100,
};
/** Stated in the words of the question; of one worded unlike its paper it is not certain which paper answers it. */
const STATED = new Set(["factual", "followup"]);
const ANSWERABLE = new Set(["semantic", "multi", "factual", "followup", "summary"]);
/**
 * Shares of the questions that may be refused, or not be high: below what must hold, on questions not seen. Of the semantic
 * ones those over the arXiv sample, a broad corpus, are most of what is refused: over the seeds it is .04.
 */
const REFUSED: Record<string, number> = { semantic: 0.05, multi: 0.05, factual: 0.01 };
const REFUSED_IN_TALK: Record<string, number> = { followup: 0.04 };
const NOT_HIGH = 0.02;
/** Share of the questions that nearly fit that may pass for certain. */
const NEAR_CERTAIN = 0.1;

interface Example extends CalibrationQuestion {
  readonly about: ReturnType<typeof aboutEvidence>;
  readonly stated: ReturnType<typeof statedEvidence>;
  readonly isNamed: boolean;
}

export async function benchCalibrate(): Promise<void> {
  const questions = await calibrationQuestions(process.env.CALIBRATION_FOLDER ?? "test/eval");
  const examples = questions.filter(({ request }) => request.found.length > 0).map(toExample);
  const fitted = calibrate(examples);
  console.log(JSON.stringify(fitted, null, 1));
  printAreas(examples);
  const unseen = crossValidated(examples, (_, at) => at % FOLDS);
  printTable(`${FOLDS}-fold cross-validation`, unseen);
  const halves = crossValidated(examples, ({ half }) => half);
  printTable("fitted on one half, tested on the other", halves);
  const corpora = crossValidated(examples, ({ set }) => (set === "arxiv" ? 1 : 0));
  printTable("fitted on seeds, tested on arXiv, and the other way round", corpora);
  printMisses(unseen);
  printTable(
    "as stored in fitted.ts",
    examples.map((example) => ({ example, calibration: FITTED })),
  );
  printTimes(examples);
  if (process.env.CALIBRATION_WRITE === "1") {
    writeFileSync("src/answer/abstain/fitted.ts", calibrationSource(fitted, examples, table(unseen)));
    console.log("src/answer/abstain/fitted.ts written");
  }
}

function toExample(question: CalibrationQuestion): Example {
  const { request } = question;
  const papers = request.found.map(({ paper }) => paper);
  const read = readAmong(request.question, papers, request);
  const subject = read.papers[0] ?? papers[0]!;
  const asked = { ...request, question: request.question.unwished };
  return {
    ...question,
    about: aboutEvidence(asked),
    stated: statedEvidence(asked, subject, read.rest),
    isNamed: read.papers.length > 0,
  };
}

function fitBoth(examples: readonly Example[]): Pick<Calibration, "about" | "stated"> {
  const weighted = (weights: Record<string, number>) =>
    examples
      .filter(({ kind }) => kind in weights)
      .map((example) => ({
        example,
        weight: weights[example.kind]! / examples.filter((one) => one.kind === example.kind).length,
      }));
  return {
    about: fitLogistic(
      weighted(ABOUT_WEIGHTS).map(({ example, weight }) => ({
        features: example.about,
        positive: ANSWERABLE.has(example.kind),
        weight,
      })),
    ),
    stated: fitLogistic(
      weighted(STATED_WEIGHTS).map(({ example, weight }) => ({
        features: example.stated,
        positive: STATED.has(example.kind),
        weight,
      })),
    ),
  };
}

/** Weights from all examples; boundaries from logits that cross-validation gives, of questions not seen. */
function calibrate(examples: readonly Example[]): Calibration {
  const logits = examples.map((example, at) => ({ example, fold: at % FOLDS }));
  const unseen = Array.from({ length: FOLDS }, (_, fold) => {
    const fitted = fitBoth(logits.filter((one) => one.fold !== fold).map(({ example }) => example));
    return logits
      .filter((one) => one.fold === fold)
      .map(({ example }) => ({
        ...example,
        aboutLogit: logit(example.about, fitted.about),
        statedLogit: logit(example.stated, fitted.stated),
      }));
  }).flat();
  const of = (kind: string) => unseen.filter((one) => one.kind === kind);
  const boundary = (shares: Record<string, number>) =>
    Math.min(
      ...Object.entries(shares).map(([kind, share]) =>
        percentile(
          of(kind).map((one) => (one.isNamed ? Number.POSITIVE_INFINITY : one.aboutLogit)),
          share,
        ),
      ),
    );
  const aboutFrom = boundary(REFUSED);
  return {
    ...ANSWERED,
    ...fitBoth(examples),
    aboutFrom,
    inConversationFrom: Math.min(aboutFrom, boundary(REFUSED_IN_TALK)),
    certainFrom: Math.max(
      aboutFrom,
      percentile(
        of("near").map((one) => one.aboutLogit),
        1 - NEAR_CERTAIN,
      ),
    ),
    statedFrom: percentile(
      of("factual").map((one) => one.statedLogit),
      NOT_HIGH,
    ),
  };
}

interface Unseen {
  readonly example: Example;
  readonly calibration: Calibration;
}

/** Each example with a calibration that was made without its fold. */
function crossValidated(
  examples: readonly Example[],
  foldOf: (example: Example, at: number) => number,
): Unseen[] {
  const folds = examples.map(foldOf);
  const made = new Map(
    [...new Set(folds)].map((fold) => [fold, calibrate(examples.filter((_, at) => folds[at] !== fold))]),
  );
  return examples.map((example, at) => ({ example, calibration: made.get(folds[at]!)! }));
}

/** By kind: how many are answered none, tentatively, lacking, high; none and high on either half and set. */
function table(unseen: readonly Unseen[]): string[] {
  const decided = unseen.map(({ example, calibration }) => ({
    ...example,
    ...decide(example.request, calibration),
  }));
  const share = (list: readonly { confidence: string }[], level: string) =>
    list.length === 0
      ? "   –"
      : mean(list.map(({ confidence }) => (confidence === level ? 1 : 0))).toFixed(2);
  return [...new Set(decided.map(({ kind }) => kind))].map((kind) => {
    const own = decided.filter((one) => one.kind === kind);
    const parts = [
      own.filter(({ set, half }) => set === "dev" && half === 0),
      own.filter(({ set, half }) => set === "dev" && half === 1),
      own.filter(({ set }) => set === "own"),
      own.filter(({ set }) => set === "arxiv"),
    ];
    const lacking = mean(own.map((one) => (one.lacking ? 1 : 0))).toFixed(2);
    const all = `none ${share(own, "none")} tentative ${share(own, "tentative")} (lacking ${lacking}) high ${share(own, "high")}`;
    const by = (level: string) => parts.map((part) => share(part, level)).join(" ");
    return `${kind.padEnd(10)} n ${String(own.length).padStart(3)} ${all} | dev even, odd, own, arxiv: none ${by("none")} high ${by("high")}`;
  });
}

function printTable(heading: string, unseen: readonly Unseen[]): void {
  console.log(`\n${heading}`);
  for (const line of table(unseen)) console.log(line);
}

function printMisses(unseen: readonly Unseen[]): void {
  for (const { example, calibration } of unseen) {
    const { confidence, lacking } = decide(example.request, calibration);
    const is = confidence + (lacking ? ", lacking" : "");
    const wrong = ANSWERABLE.has(example.kind)
      ? confidence === "none" || (lacking && STATED.has(example.kind))
      : confidence === "high" || (confidence !== "none" && example.kind !== "detail");
    if (wrong)
      console.log(`${example.id} ${example.kind} ${is}: ${example.request.question.text.slice(0, 140)}`);
  }
}

/** Areas under the curve, of questions not seen. */
function printAreas(examples: readonly Example[]): void {
  const scored = crossValidated(examples, (_, at) => at % FOLDS).map(({ example, calibration }) => ({
    kind: example.kind,
    about: logit(example.about, calibration.about),
    stated: logit(example.stated, calibration.stated),
  }));
  const line = (by: "about" | "stated", kind: string, against: string) => {
    const of = (wanted: string) => scored.filter((one) => one.kind === wanted).map((one) => one[by]);
    return `${by} ${kind}/${against} ${area(of(kind), of(against)).toFixed(3)}`;
  };
  const kinds = ["semantic", "multi", "factual"];
  console.log("\nareas under the curve, cross-validated");
  for (const against of ["near", "other"])
    console.log(kinds.map((kind) => line("about", kind, against)).join("  "));
  console.log(["near", "detail"].map((against) => line("stated", "factual", against)).join("  "));
}

function printTimes(examples: readonly Example[]): void {
  const times = examples.map(({ request }) => {
    const began = performance.now();
    decide(request);
    return performance.now() - began;
  });
  console.log(
    `\na decision takes ms: p50 ${percentile(times, 0.5).toFixed(2)} p99 ${percentile(times, 0.99).toFixed(2)}`,
  );
}
