import type { Answer } from "../protocol.ts";
import { mean } from "../util/statistics.ts";
import { oneLine } from "../util/strings.ts";
import type { JudgedPapers } from "./find-papers.ts";
import { type Question, UNANSWERABLE } from "./question.ts";
import { statements } from "./statements.ts";

/** Sentences of an answer that counts as short. */
const SHORT = 3;
/** A note that quotes less of an evidence sentence than this share of its characters does not quote it. */
const MOST_OF_IT = 0.5;

/** Figures of an answer, by name; each in [0, 1]. A figure that does not apply is absent. */
export type Figures = Record<string, number>;

/**
 * What the answer says and cites, against what a right one would.
 * @param isVerbatim whether a note's quote stands in its paper where the note says
 */
export function judgeAnswer(
  question: Question,
  papers: JudgedPapers,
  answer: Answer,
  isVerbatim: (citation: Answer["citations"][number]) => boolean,
): Figures {
  const { must = [], evidence = [] } = question;
  const { citations } = answer;
  const verbatim = citations.length === 0 ? {} : { verbatim: share(citations, isVerbatim) };
  if (question.type === UNANSWERABLE) return { ...verbatim, declined: declined(answer) };
  // What the records answer has no note, and says it with "none" where they lack it.
  if (papers.gold.length === 0) return { ...verbatim, ...mustFigures(must, statements(answer)) };
  const right = new Set([...papers.gold, ...papers.partial]);
  const cited = new Set(citations.map(({ paperId }) => paperId));
  return {
    ...verbatim,
    ...(must.length === 0 ? {} : mustFigures(must, answer.abstained ? [] : statements(answer))),
    ...(evidence.length === 0
      ? {}
      : { evidence: share(evidence, (text) => citations.some(({ quote }) => quotes(quote, text))) }),
    ...(citations.length === 0
      ? {}
      : { "citation-precision": share(citations, ({ paperId }) => right.has(paperId)) }),
    "citation-recall": share(papers.gold, (id) => cited.has(id)),
  };
}

function mustFigures(must: readonly string[], said: readonly string[]): Figures {
  const holds = (sentences: readonly string[]): number => {
    const text = sentences.join(" ").toLowerCase();
    return must.every((part) => text.includes(part.toLowerCase())) ? 1 : 0;
  };
  return {
    must: holds(said),
    "must@3": holds(said.slice(0, SHORT)),
    "must@1": holds(said.slice(0, 1)),
    "must-short": said.length <= SHORT ? holds(said) : 0,
  };
}

/** The question is left unanswered: not answered with confidence, or marked as not stated in the paper. */
function declined({ confidence, notStated }: Answer): number {
  return confidence !== "high" || notStated === true ? 1 : 0;
}

function quotes(quote: string, evidence: string): boolean {
  const [part, whole] = [oneLine(quote), oneLine(evidence)];
  return part.includes(whole) || (whole.includes(part) && part.length >= MOST_OF_IT * whole.length);
}

function share<T>(items: readonly T[], holds: (item: T) => boolean): number {
  return mean(items.map((item) => (holds(item) ? 1 : 0)));
}
