/** The sentences of an answer in the shape that its question asks for. */
import { LESS_CERTAIN, mayNotSay, noneMentions } from "../../protocol/wording.ts";
import { amountsIn } from "../../question/amounts.ts";
import type { Question } from "../../question/question.ts";
import type { QuestionKind } from "../../question/question-kind.ts";
import type { RequestedForm } from "../../question/requested-form.ts";
import { escapeMarkdown } from "../../util/strings.ts";
import type { AnswerRequest } from "../answerer.ts";
import { type Candidate, sentencesOf } from "./candidates.ts";
import type { Piece } from "./compose.ts";
import { missingWord } from "./missing-word.ts";
import type { AnswerPlan } from "./plan-answer.ts";
import { comparison } from "./shapes/comparison.ts";
import { directAnswer } from "./shapes/direct.ts";
import { paperLines } from "./shapes/paper-lines.ts";
import { summary } from "./shapes/summary.ts";

/** @param ranked best first, not empty */
export function shapeAnswer(
  plan: AnswerPlan,
  ranked: readonly Candidate[],
  { standalone, papersAsked, idf }: Pick<AnswerRequest, "standalone" | "papersAsked" | "idf">,
): Piece[] {
  const named = plan.question.text !== standalone.text;
  const ofOne = papersAsked === 1 || (named && plan.sources.length === 1);
  const title = ofOne ? plan.sources[0]?.paper.title : undefined;
  const pieces = shaped(plan, ranked, { named, untitled: plan.tentative && ofOne });
  const missing = named ? undefined : missingFrom(plan, pieces, idf);
  const sure = missing === undefined ? "" : noneMentions(escapeMarkdown(missing));
  const lead = sure === "" && plan.tentative ? tentativeLead(plan, title) : sure;
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
function tentativeLead({ shape, kind, sources }: AnswerPlan, title: string | undefined): string {
  const name = escapeMarkdown(title ?? sources[0]?.paper.title ?? "");
  switch (shape) {
    case "lacking":
      return mayNotSay(name);
    case "comparison":
      return LESS_CERTAIN.sideBySide;
    case "summary":
      return LESS_CERTAIN.closest;
    default:
      if (title !== undefined) return LESS_CERTAIN.ofOne(name);
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
  /** Papers are named, and the plan's question leaves their names out: each of them is asked about. */
  readonly named: boolean;
  /** The lead names the paper already. */
  readonly untitled: boolean;
}

function shaped(
  { shape, sources, form, aspect, kind }: AnswerPlan,
  ranked: readonly Candidate[],
  { named, untitled }: Shaping,
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
