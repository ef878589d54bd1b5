/** A fact or an explanation: the sentence that states it first, then what bears on it. */

import { escapeMarkdown } from "../../../util/strings.ts";
import { dot } from "../../../util/vectors.ts";
import type { Candidate } from "../candidates.ts";
import type { Piece } from "../compose.ts";
import { type Quotation, Quoter } from "../quotation.ts";
import { runIn } from "./run-in.ts";
import { SAME } from "./same.ts";

/** Sentences of an answer. */
const MOST = 3;
/** The second says what the first leaves out: with it .99 of the factual development questions are answered, not .94. */
const FEWEST = 2;
/**
 * Behind the best one by so much, a second sentence adds nothing to a fact. Of 191 questions with `must` strings 56 have
 * such a gap, and none loses a string; from 1.5 on down others would. An explanation seldom is one sentence.
 */
const FAR = 1.6;
/** Past these a sentence this far behind the best one is no part of the answer. In units of the candidates' score. */
const WITHIN = 0.3;

interface DirectOptions {
  /** One sentence may be all that is wanted. */
  readonly fact?: boolean;
  /** What stands before it names the paper. */
  readonly untitled?: boolean;
}

/** @param ranked best first */
export function directAnswer(
  ranked: readonly Candidate[],
  { fact = false, untitled = false }: DirectOptions = {},
): Piece[] {
  const [best] = ranked;
  if (best === undefined) return [];
  const quoter = new Quoter();
  const chosen: Candidate[] = [];
  const quotations: Quotation[] = [];
  for (const candidate of ranked) {
    const enough = quoter.sentences >= FEWEST || candidate.paper !== best.paper;
    const behind = best.score - candidate.score;
    if (enough ? behind > WITHIN : fact && behind > FAR) continue;
    if (chosen.some(({ vector }) => dot(vector, candidate.vector) >= SAME)) continue;
    const quotation = quoter.quote(candidate, chosen.length === 0 ? undefined : MOST - quoter.sentences);
    if (quotation === undefined) continue;
    chosen.push(candidate);
    quotations.push(quotation);
  }
  if (untitled) return quotations.flatMap((quotation, at) => (at === 0 ? [quotation] : [" ", quotation]));
  return underTitles(quotations);
}

/** Quotations of a paper stand together under its title; papers in the order of their first. */
function underTitles(quotations: readonly Quotation[]): Piece[] {
  const papers = new Map<string, Quotation[]>();
  for (const quotation of quotations) {
    const own = papers.get(quotation.paper.id);
    if (own === undefined) papers.set(quotation.paper.id, [quotation]);
    else own.push(quotation);
  }
  return [...papers.values()].flatMap((own, index) => [
    `${index === 0 ? "" : "\n\n"}**${escapeMarkdown(runIn(own[0]?.paper.title ?? ""))}**`,
    ...own.flatMap((quotation) => [" ", quotation]),
  ]);
}
