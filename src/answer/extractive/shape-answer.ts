/** The sentences of an answer in the shape that its question asks for. */
import { LESS_CERTAIN, mayNotSay, noneMentions } from "../../protocol/wording.ts";
import type { Paper } from "../../protocol.ts";
import { wordsFor } from "../../question/language/phrases.ts";
import type { Question } from "../../question/question.ts";
import type { QuestionKind } from "../../question/read-among.ts";
import { amountsIn, type RequestedForm } from "../../question/reading/asked-for.ts";
import { terms } from "../../text/terms.ts";
import { UNKNOWN_TERM } from "../../text/unknown-term.ts";
import { escapeMarkdown } from "../../util/strings.ts";
import type { AnswerRequest } from "../answerer.ts";
import { type Candidate, sentencesOf } from "./candidates.ts";
import { directAnswer, paperLines } from "./lines.ts";
import type { AnswerPlan } from "./plan-answer.ts";
import type { Piece } from "./quotation.ts";
import { comparison, summary } from "./summary.ts";

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
