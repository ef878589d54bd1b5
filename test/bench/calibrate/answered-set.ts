/** Questions of which it is known whether the corpus answers them, each with what is found for it. */
import { readFileSync } from "node:fs";
import type { DecisionRequest } from "../../../src/answer/abstain/abstain.ts";
import {
  type AnsweredEvidence,
  answeredEvidence,
  statedEvidence,
} from "../../../src/answer/abstain/evidence.ts";
import { Question } from "../../../src/question/question.ts";
import { readAmong } from "../../../src/question/read-among.ts";
import { HybridRetriever } from "../../../src/retrieval/hybrid.ts";
import { LexicalIndex } from "../../../src/retrieval/lexical.ts";
import type { RankedPaper } from "../../../src/retrieval/retriever.ts";
import { collect } from "../collections.ts";
import { bundledEmbedder } from "../embedder.ts";
import { benchReadings } from "../readings.ts";
import { writtenAbstracts } from "../written-abstracts.ts";

const UNANSWERABLE = "test/eval/unanswerable.jsonl";
/** Papers that are ranked, and of those the ones that a decision sees: one may be taken out. */
const RANKED = 30;
const FOUND = 8;

/** One abstract in how many has its answered questions asked, and its near miss, all of the validation split. */
const ANSWERED_EVERY = 32;
const MISSED_EVERY = 16;
const VALIDATION = 6;

type Abstracts = NonNullable<ReturnType<typeof writtenAbstracts>>;

interface Ask {
  readonly i: number;
  readonly kind: "q" | "c" | "f" | "n" | "uq" | "uf";
  readonly question: string;
}

export interface AnsweredQuestion extends Ask {
  /** `out`: asked with its paper taken out of what is found. `never`: no abstract answers it. */
  readonly paper: "in" | "out" | "never";
  /** The first paper found is the one that answers. */
  readonly right: boolean;
  readonly evidence: AnsweredEvidence;
  readonly request: DecisionRequest;
}

/** @returns with the number of papers; undefined without BENCH_WRITTEN */
export async function answeredQuestions(): Promise<
  { questions: AnsweredQuestion[]; papers: number } | undefined
> {
  const written = writtenAbstracts();
  if (written === undefined) return undefined;
  const unanswerable = readFileSync(UNANSWERABLE, "utf8").trim().split("\n");
  const never = unanswerable.map((line) => JSON.parse(line) as Ask);
  // A quarter, which holds the validation split, and the twelfth part that most unanswerable ones are about.
  const abstracts = written.filter(({ i }) => i % 4 === VALIDATION % 4 || i % 12 === 5);
  const embedder = await bundledEmbedder();
  const stored = abstracts.map((one) => one.stored);
  const { catalog, vectors } = await collect(stored, [], embedder);
  const lexical = await LexicalIndex.build(catalog.all());
  const readings = await benchReadings(catalog.all());
  const retriever = new HybridRetriever(catalog, vectors, lexical, embedder, { readings });
  const requestOf = (question: string, ranking: readonly RankedPaper[]): DecisionRequest => ({
    question: new Question(question),
    found: ranking.slice(0, FOUND).flatMap((ranked) => {
      const paper = catalog.get(ranked.paperId);
      return paper === undefined ? [] : [{ ranked, paper }];
    }),
    corpusSize: stored.length,
    idf: (term) => retriever.idf(term),
  });
  const idOf = new Map(abstracts.map((one) => [one.i, one.stored.paper.id]));
  const questions: AnsweredQuestion[] = [];
  for (const ask of [...asksOf(abstracts), ...never]) {
    const ranking = await retriever.retrieve({ question: new Question(ask.question), limit: RANKED });
    const own = idOf.get(ask.i);
    const isAnswered = ask.kind === "q" || ask.kind === "c" || ask.kind === "f";
    for (const paper of isAnswered ? (["in", "out"] as const) : (["never"] as const)) {
      const seen = paper === "out" ? ranking.filter(({ paperId }) => paperId !== own) : ranking;
      const right = paper === "in" && seen[0]?.paperId === own;
      const request = requestOf(ask.question, seen);
      questions.push({ ...ask, paper, right, request, evidence: evidenceOf(request) });
    }
  }
  return { questions, papers: stored.length };
}

function asksOf(abstracts: Abstracts): Ask[] {
  const of = (kind: "q" | "c" | "f" | "n", every: number): Ask[] =>
    abstracts
      .filter(({ i }) => i % every === VALIDATION)
      .flatMap(({ i, [kind]: question }) => (question ? [{ i, kind, question }] : []));
  return [
    ...of("q", ANSWERED_EVERY),
    ...of("c", ANSWERED_EVERY),
    ...of("f", ANSWERED_EVERY),
    ...of("n", MISSED_EVERY),
  ];
}

/** As the decision weighs it where no paper is named. */
function evidenceOf(request: DecisionRequest): AnsweredEvidence {
  const papers = request.found.map(({ paper }) => paper);
  const { rest } = readAmong(request.question, papers, request);
  const asked = { ...request, question: request.question.unwished };
  return answeredEvidence(asked, statedEvidence(asked, papers[0]!, rest));
}
