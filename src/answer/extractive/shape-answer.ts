/** What an answer is to look like and which papers it may quote; and its sentences in that shape. */

import { isExcerpt } from "../../corpus/excerpt.ts";
import { LESS_CERTAIN, mayNotSay, noneMentions } from "../../protocol/wording.ts";
import type { AnswerShape, Paper, Source } from "../../protocol.ts";
import { wordsFor } from "../../question/language/phrases.ts";
import { comparedPapers } from "../../question/names/paper-names.ts";
import type { Question } from "../../question/question.ts";
import { asksMore, type QuestionKind, readAmong } from "../../question/read-among.ts";
import { amountsIn, type RequestedForm, requestedForm } from "../../question/reading/asked-for.ts";
import { terms, UNKNOWN_TERM } from "../../text/terms.ts";
import { escapeMarkdown } from "../../util/strings.ts";
import type { AnswerRequest } from "../answerer.ts";
import { type Candidate, type RolePrior, sentencesOf } from "./candidates.ts";
import { directAnswer, paperLines } from "./lines.ts";
import type { Piece } from "./quotation.ts";
import { comparison, summary } from "./summary.ts";

/** `lines`: a line a paper. `lacking`: what the paper does say, where it does not state what is asked. */
type Shape = "direct" | "lines" | "summary" | "comparison" | "lacking";

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

interface AnswerPlan {
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
  const found = sources.map(({ paper }) => request.paper(paper.id));
  const sourcesOf = (papers: readonly Paper[]) =>
    papers.flatMap(({ id }) => sources.find(({ paper }) => paper.id === id) ?? []);
  const read = request.read ?? readAmong(standalone, found, request);
  const papers = sourcesOf(read.papers);
  const form = withWishes(standalone.form, request.question.wishes);
  const kind = task === "summary" ? "summary" : read.kind;
  const compared = kind === "comparison" && papers.length < 2;
  const pair = compared ? comparedPapers(form.rest, found, request.idf) : undefined;
  const named = pair === undefined ? papers : sourcesOf(pair);
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
  { confidence, lacking, scopeSize }: AnswerRequest,
): Shape {
  if (kind === "summary") return "summary";
  if (kind === "comparison" && named > 1) return "comparison";
  if (lacking) return "lacking";
  if (named > 1) return "lines";
  if (named === 1 || scopeSize === 1) return "direct";
  return kind === "survey" || confidence === "tentative" ? "lines" : "direct";
}

function sourcesFor(shape: Shape, sources: readonly Source[], named: number): readonly Source[] {
  if (shape === "lacking" || (shape === "summary" && named === 0)) return sources.slice(0, 1);
  return shape === "comparison" ? sources.slice(0, MOST_COMPARED) : sources;
}

// The sentences of an answer in the shape that its question asks for.

/** @param ranked best first, not empty */
export function shapeAnswer(
  plan: AnswerPlan,
  ranked: readonly Candidate[],
  { standalone, scopeSize, idf }: Pick<AnswerRequest, "standalone" | "scopeSize" | "idf">,
): Piece[] {
  const named = plan.question.text !== standalone.text;
  const ofOne = scopeSize === 1 || (named && plan.sources.length === 1);
  const title = ofOne ? plan.sources[0]?.paper.title : undefined;
  const untitled = plan.tentative && ofOne;
  const pieces = shaped(plan, ranked, { asked: standalone, named, untitled });
  const missing = named ? undefined : missingFrom(plan, pieces, idf);
  const sure = missing === undefined ? "" : noneMentions(escapeMarkdown(missing));
  const withBody = pieces.some((piece) => typeof piece !== "string" && isExcerpt(piece.paper));
  const lead = sure === "" && plan.tentative ? tentativeLead(plan, title, withBody) : sure;
  if (lead !== "") return [`${lead}\n\n`, ...pieces];
  return plan.shape === "direct" && plan.kind === "fact" ? withBold(pieces, plan.question) : pieces;
}

/** The rarest word that a list was to be about, where none of its papers has it. */
function missingFrom(
  { shape, form, kind }: AnswerPlan,
  pieces: readonly Piece[],
  idf: (term: string) => number,
): string | undefined {
  if (shape !== "lines" || kind !== "survey") return undefined;
  const papers = pieces.flatMap((piece) => (typeof piece === "string" ? [] : [piece.paper]));
  return missingWord(form.rest, papers, idf);
}

/** What an answer that is less certain says first. @param title of the one paper that it speaks of */
function tentativeLead(
  { shape, kind, sources }: AnswerPlan,
  title: string | undefined,
  withBody: boolean,
): string {
  const name = escapeMarkdown(title ?? sources[0]?.paper.title ?? "");
  switch (shape) {
    case "lacking":
      return mayNotSay(name, withBody);
    case "comparison":
      return LESS_CERTAIN.sideBySide;
    case "summary":
      return LESS_CERTAIN.closest;
    default:
      if (title !== undefined) return LESS_CERTAIN.ofOne(name, withBody);
      return kind === "survey" ? LESS_CERTAIN.papers : LESS_CERTAIN.passages;
  }
}

/** An amount that was asked for is bold in the first quotation, where that holds no other. */
function withBold(pieces: readonly Piece[], question: Question): Piece[] {
  if (!question.says("amount")) return [...pieces];
  const first = pieces.findIndex((piece) => typeof piece !== "string");
  return pieces.map((piece, at) => {
    if (typeof piece === "string" || at !== first) return piece;
    const text = piece.paper.abstract.slice(piece.start, piece.end);
    const [amount, other] = amountsIn(text);
    // Marks inside `$…$` would be read as part of the formula.
    const isInFormula = amount !== undefined && text.slice(0, amount.start).split("$").length % 2 === 0;
    if (amount === undefined || other !== undefined || isInFormula) return piece;
    return { ...piece, bold: [{ start: piece.start + amount.start, end: piece.start + amount.end }] };
  });
}

interface Shaping {
  readonly asked: Question;
  /** Papers are named, and the plan's question leaves their names out: each of them is asked about. */
  readonly named: boolean;
  /** The lead names the paper already. */
  readonly untitled: boolean;
}

function shaped(
  { shape, sources, form, aspect, kind }: AnswerPlan,
  ranked: readonly Candidate[],
  { asked, named, untitled }: Shaping,
): Piece[] {
  const told = new Set(ranked.map(({ paper }) => paper.id));
  // A blank abstract has no sentence to show.
  const papers = sources.map(({ paper }) => paper).filter(({ id }) => told.has(id));
  switch (shape) {
    case "summary":
      return papers.flatMap(({ id }, at) => [
        at === 0 ? "" : "\n\n",
        ...summary(sentencesOf(ranked, id), form),
      ]);
    case "comparison":
      return comparison(
        ranked,
        papers.map(({ id }) => id),
        aspect,
        asked,
      );
    case "lines":
      return named ? paperLines(ranked) : paperLines(ranked, linesWished(kind, form));
    case "lacking":
      return directAnswer(ranked, { untitled: true });
    case "direct":
      return directAnswer(ranked, { fact: kind === "fact", untitled });
  }
}

/** A number that is wished for is no more cut than what is named; a single thing is no wish for a list. */
function linesWished(kind: QuestionKind, { count = 1 }: RequestedForm): Parameters<typeof paperLines>[1] {
  if (kind !== "survey") return { cut: "nearest" };
  return count > 1 ? { count } : { cut: "list" };
}

// What a list of papers leaves open: the rarest word that was asked for, where none of them has it.

/**
 * Share of the highest idf there is from which a word says what the list is to be about: of 236 papers, in one or two or
 * in none. A commoner one that the lines lack ("recent", "compare") is said in other words.
 */
const RARE = 0.7;
/** Words in which lists are asked for; rare in abstracts, and no subject of any. */
const ASKING = new Set(terms(wordsFor("listing").join(" ")));

/** @param idf of a stemmed term in the corpus */
export function missingWord(
  question: string,
  papers: readonly Pick<Paper, "title" | "abstract">[],
  idf: (term: string) => number,
): string | undefined {
  let rarest: { word: string; own: string[]; weight: number } | undefined;
  for (const word of question.match(/[\p{L}\p{N}]+(?:[-'’][\p{L}\p{N}]+)*/gu) ?? []) {
    const own = terms(word).filter((term) => !ASKING.has(term));
    const weight = Math.max(0, ...own.map(idf));
    if (weight > (rarest?.weight ?? 0)) rarest = { word, own, weight };
  }
  if (rarest === undefined || rarest.weight < RARE * idf(UNKNOWN_TERM)) return undefined;
  const held = new Set(papers.flatMap(({ title, abstract }) => terms(`${title} ${abstract}`)));
  return rarest.own.some((term) => held.has(term)) ? undefined : rarest.word;
}
