/** The sentences of an answer in the shape that its question asks for. */
import { escapeMarkdown } from "../../util/escape-markdown.ts";
import type { AnswerRequest } from "../answerer.ts";
import { questionKind } from "../question-kind.ts";
import type { RequestedForm } from "../requested-form.ts";
import { answeringWords } from "./answering-words.ts";
import { type Candidate, sentencesOf } from "./candidates.ts";
import type { Piece } from "./compose.ts";
import type { AnswerPlan, Shape } from "./plan-answer.ts";
import { comparison } from "./shapes/comparison.ts";
import { directAnswer } from "./shapes/direct.ts";
import { paperLines } from "./shapes/paper-lines.ts";
import { summary } from "./shapes/summary.ts";

/** What a tentative answer says first. */
const TENTATIVE: Readonly<Record<Shape, string>> = {
  direct: "The abstract may not answer this directly. The closest it says:\n\n",
  lines: "No paper here answers this directly. The closest say:\n\n",
  summary: "The closest paper here:\n\n",
  comparison: "No paper here compares them directly. Side by side they say:\n\n",
  lacking: "",
};

/** @param ranked best first, not empty */
export function shapeAnswer(
  plan: AnswerPlan,
  ranked: readonly Candidate[],
  { standaloneQuestion, idf }: Pick<AnswerRequest, "standaloneQuestion" | "idf">,
): Piece[] {
  const pieces = shaped(plan, ranked, plan.question !== standaloneQuestion);
  if (plan.tentative) return [TENTATIVE[plan.shape], ...pieces];
  return plan.shape === "direct" && plan.bold ? withBold(pieces, plan.question, idf) : pieces;
}

/** The words that answer are bold in the first quotation, which states the answer. */
function withBold(pieces: readonly Piece[], question: string, idf: (term: string) => number): Piece[] {
  const first = pieces.findIndex((piece) => typeof piece !== "string");
  return pieces.map((piece, at) => {
    if (typeof piece === "string" || at !== first) return piece;
    const { abstract } = piece.paper;
    const bold = answeringWords(question, abstract.slice(piece.start, piece.end), idf).map(
      ({ start, end }) => ({ start: piece.start + start, end: piece.start + end }),
    );
    return { ...piece, bold };
  });
}

/** @param named papers, whose names the plan's question leaves out: each of them is asked about */
function shaped(
  { shape, sources, form, aspect, bold, question }: AnswerPlan,
  ranked: readonly Candidate[],
  named: boolean,
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
      return named ? paperLines(ranked) : paperLines(ranked, linesWished(question, form));
    case "lacking":
      return [`${lackingWords(papers[0]?.title ?? "")}\n\n`, ...directAnswer(ranked)];
    case "direct":
      return directAnswer(ranked, bold);
  }
}

/** A number that is wished for is no more cut than what is named; a single thing is no wish for a list. */
function linesWished(question: string, { count = 1 }: RequestedForm): Parameters<typeof paperLines>[1] {
  if (questionKind(question, { titles: [], rest: question }) !== "survey") return { cut: "nearest" };
  return count > 1 ? { count } : { cut: "list" };
}

function lackingWords(title: string): string {
  return `The abstract of *${escapeMarkdown(title)}* does not state that. It does say:`;
}
