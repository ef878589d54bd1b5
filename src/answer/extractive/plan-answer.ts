/** What an answer is to look like and which papers it may quote, before any sentence is looked at. */
import type { AnswerShape, Source } from "../../protocol.ts";
import { comparedPapers } from "../../question/names/unnamed-papers.ts";
import type { Question } from "../../question/question.ts";
import { asksMore, type QuestionKind, readAmong } from "../../question/read-among.ts";
import { type RequestedForm, requestedForm } from "../../question/reading/asked-for.ts";
import type { AnswerRequest } from "../answerer.ts";
import type { RolePrior } from "./candidates.ts";

/** `lines`: a line a paper. `lacking`: what the paper does say, where it does not state what is asked. */
export type Shape = "direct" | "lines" | "summary" | "comparison" | "lacking";

const SHOWN_AS: Readonly<Record<Shape, AnswerShape>> = {
  direct: "direct",
  lines: "list",
  summary: "summary",
  comparison: "comparison",
  lacking: "direct",
};

export function answerShape({ shape }: Pick<AnswerPlan, "shape">): AnswerShape {
  return SHOWN_AS[shape];
}

export interface AnswerPlan {
  readonly shape: Shape;
  /** What the sentences are measured against: where papers are named, the question without their names. */
  readonly question: Question;
  /** Whose sentences may be quoted, in rank order; the columns of a comparison in the order of their names. */
  readonly sources: readonly Source[];
  readonly form: RequestedForm;
  readonly prior: RolePrior;
  /** Of a comparison: something in particular is asked about. */
  readonly aspect: boolean;
  /** Of the question: a few words can name what it asks for, or it asks for papers. */
  readonly kind: QuestionKind;
  /** The answer is no sure one. */
  readonly tentative: boolean;
}

/** What is asked of a paper is seldom its background (README.md: what this gains). */
const ANSWERING: RolePrior = { problem: -0.2, findings: 0.1, links: -0.2 };
/** How close a paper is to a question shows best in what the paper does. */
const SHOWING: RolePrior = { problem: -0.4, links: -0.3 };

/** Columns of a comparison. */
const MOST_COMPARED = 3;

export function planAnswer(request: AnswerRequest): AnswerPlan {
  const { standalone, sources, confidence, task } = request;
  const textOf = ({ paper }: Source) => request.paper(paper.id);
  const read = request.read ?? readAmong(standalone, sources.map(textOf), request);
  const papers = read.papers.flatMap(({ id }) => sources.find(({ paper }) => paper.id === id) ?? []);
  const form = withWishes(standalone.form, request.question.wishes);
  const kind = task === "summary" ? "summary" : read.kind;
  const compared = kind === "comparison" && papers.length < 2;
  const pair = compared ? comparedPapers(form.rest, sources, textOf, request.idf) : undefined;
  const named = pair ?? papers;
  const shape = shapeOf(kind, named.length, request);
  return {
    shape,
    question: papers.length > 0 ? read.rest : standalone,
    sources: sourcesFor(shape, named.length > 0 ? named : sources, named.length),
    form,
    prior: shape === "lines" && named.length === 0 ? SHOWING : ANSWERING,
    aspect: pair === undefined && asksMore(read),
    kind,
    tentative: confidence === "tentative" && task === "question",
  };
}

/** What was wished for beside the question: "In two sentences, please." */
function withWishes(form: RequestedForm, wishes: string): RequestedForm {
  if (wishes === "") return form;
  const { count = form.count, bullets, plain } = requestedForm(wishes);
  return {
    ...form,
    ...(count === undefined ? {} : { count }),
    bullets: form.bullets || bullets,
    plain: form.plain || plain,
  };
}

function shapeOf(
  kind: QuestionKind,
  named: number,
  { confidence, lacking, papersAsked }: AnswerRequest,
): Shape {
  if (kind === "summary") return "summary";
  if (kind === "comparison" && named > 1) return "comparison";
  if (lacking) return "lacking";
  if (named > 1) return "lines";
  if (named === 1 || papersAsked === 1) return "direct";
  return kind === "survey" || confidence === "tentative" ? "lines" : "direct";
}

function sourcesFor(shape: Shape, sources: readonly Source[], named: number): readonly Source[] {
  if (shape === "lacking" || (shape === "summary" && named === 0)) return sources.slice(0, 1);
  return shape === "comparison" ? sources.slice(0, MOST_COMPARED) : sources;
}
