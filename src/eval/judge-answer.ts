import type { Answer, Confidence } from "../protocol.ts";
import { splitSentences } from "../text/sentences.ts";
import { mean } from "../util/statistics.ts";
import { oneLine } from "../util/strings.ts";
import { asStored, type JudgedPapers } from "./find-papers.ts";
import { type Question, UNANSWERABLE } from "./question.ts";

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
      : {
          evidence: share(evidence, (text) =>
            citations.some(({ quote }) => asStored(text).some((form) => quotes(quote, form))),
          ),
        }),
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
  const [part, whole] = [oneLine(quote), evidence];
  return part.includes(whole) || (whole.includes(part) && part.length >= MOST_OF_IT * whole.length);
}

function share<T>(items: readonly T[], holds: (item: T) => boolean): number {
  return mean(items.map((item) => (holds(item) ? 1 : 0)));
}

/** Markdown that escapeMarkdown or an answerer puts around words: an escaped mark, emphasis, a note's marker. */
const MARKDOWN = /\\([!-/:-@[-`{-~])|\*+|\[\d+\]/g;

/**
 * The sentences that an answer states, in order, as plain text: what its notes stand behind, so that headings and
 * lead-ins do not count; of an answer without notes, all of it.
 */
export function statements({ text, citations }: Pick<Answer, "text" | "citations">): string[] {
  const claims =
    citations.length === 0 ? [text] : claimed(citations).map(({ start, end }) => text.slice(start, end));
  return claims.flatMap((claim) => {
    const plain = plainText(claim);
    return splitSentences(plain).map(({ start, end }) => plain.slice(start, end));
  });
}

function plainText(markdown: string): string {
  return markdown.replace(MARKDOWN, "$1").replace(/\s+/g, " ").trim();
}

/** The claims in the order of the text; those that overlap are one, as where two notes stand behind a sentence. */
function claimed(citations: Answer["citations"]): { start: number; end: number }[] {
  const merged: { start: number; end: number }[] = [];
  for (const { start, end } of citations.map(({ claim }) => claim).sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last !== undefined && start < last.end) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return merged;
}

/** The right paper among the first …; any other type: ten. */
const RANK: Readonly<Record<string, string>> = {
  factual: "hit@1",
  summary: "hit@1",
  courtesy: "hit@1",
  numbers: "hit@1",
  language: "hit@1",
  followup: "hit@3",
};

/**
 * One verdict a question, for comparing two runs. Unanswerable: refused; where it nearly fits the corpus ("near"), at
 * least not answered with confidence; a detail may also be said to be missing. Any other: answered, the right paper
 * found high enough for its type, and everything said that must be.
 */
export function isRight(
  { type, subtype, gold }: Question,
  confidence: Confidence,
  figures: Figures,
): boolean {
  if (type !== UNANSWERABLE && gold.length === 0) return figures.must === 1;
  if (type !== UNANSWERABLE) {
    const found = figures[RANK[type] ?? "hit@10"] === 1;
    return confidence !== "none" && found && figures.must !== 0;
  }
  if (subtype === "near") return confidence !== "high";
  return subtype === "detail" ? figures.declined === 1 : confidence === "none";
}
