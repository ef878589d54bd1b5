/** Sentences one behind the other: those that state a fact or explain, or a line a paper. */
import { escapeMarkdown } from "../../util/strings.ts";
import { dot } from "../../util/vectors.ts";
import type { Candidate } from "./candidates.ts";
import { type Piece, type Quotation, Quoter, sentencesBefore, staysOpen } from "./quotation.ts";

/** Sentences of an answer. */
const MOST_SENTENCES = 3;
/** The second says what the first leaves out: with it .99 of the factual development questions are answered, not .94. */
const FEWEST_SENTENCES = 2;
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
    const enough = quoter.sentences >= FEWEST_SENTENCES || candidate.paper !== best.paper;
    const behind = best.score - candidate.score;
    if (enough ? behind > WITHIN : fact && behind > FAR) continue;
    if (chosen.some(({ vector }) => dot(vector, candidate.vector) >= SAME)) continue;
    const quotation = quoter.quote(
      candidate,
      chosen.length === 0 ? undefined : MOST_SENTENCES - quoter.sentences,
    );
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

// One sentence of each of the nearest papers, a line a paper, most relevant first.

/** Papers that get a line. */
const MOST_LINES = 6;
/** What a sentence loses that cannot be read without the one before it. In units of the candidates' score. */
const NOT_ALONE = 0.15;
/** What it loses besides that cannot be read even with those. */
const STILL_OPEN = 0.4;

/**
 * Share of the best line's score below which a paper has no line. Of the 78 right papers in the first six lines of 33
 * surveys, .35 loses none and 20 of 93 wrong ones; .4 one and 26, .5 eight and 44.
 */
const LEAST_SCORE = 0.35;
/**
 * Share of the best paper's score below which it has none either. Beyond the first line, over 236, 300 and 300 papers: of
 * the 90 right papers of 51 surveys .385 loses a tenth and .59 of 160 wrong ones; where no list is asked for, one paper is
 * right and stands high, and .6 loses 7 of 46 and .41 of 694.
 */
const LEAST_SOURCE = { list: 0.35, nearest: 0.6 } as const;

interface LinesWished {
  /** What is left out: what belongs in no list, or what is not among the nearest. Nothing without it. */
  readonly cut?: "list" | "nearest" | undefined;
  /** Lines wished for. */
  readonly count?: number | undefined;
}

/** @param ranked best first */
export function paperLines(
  ranked: readonly Candidate[],
  { cut, count = MOST_LINES }: LinesWished = {},
): Piece[] {
  const chosen: Candidate[] = [];
  for (const own of byPaper(ranked)) {
    const best = own.reduce((a, b) => (worth(b) > worth(a) ? b : a));
    // Twins among the papers say the same: one of them will do.
    if (!chosen.some(({ vector }) => dot(vector, best.vector) >= SAME)) chosen.push(best);
  }
  const near = cut === undefined ? chosen : closeEnough(chosen, cut);
  const quoter = new Quoter();
  return near.slice(0, count).flatMap((candidate, at): Piece[] => {
    const quotation = quoter.quote(candidate);
    const title = escapeMarkdown(runIn(candidate.paper.title));
    return quotation === undefined ? [] : [`${at === 0 ? "" : "\n"}- **${title}** `, quotation];
  });
}

function closeEnough(chosen: readonly Candidate[], cut: "list" | "nearest"): Candidate[] {
  const best = Math.max(...chosen.map(worth));
  const bestSource = Math.max(...chosen.map(({ source }) => source.score));
  return chosen.filter(
    (candidate) =>
      reaches(LEAST_SCORE, worth(candidate), best) &&
      reaches(LEAST_SOURCE[cut], candidate.source.score, bestSource),
  );
}

/** Scores may be below zero, where a share of the best is more than the best. */
function reaches(share: number, score: number, best: number): boolean {
  return score >= Math.min(best, share * best);
}

function worth(candidate: Candidate): number {
  const alone = sentencesBefore(candidate) === 0 ? 0 : NOT_ALONE;
  return candidate.score - alone - (staysOpen(candidate) ? STILL_OPEN : 0);
}

/** In rank order. */
function byPaper(ranked: readonly Candidate[]): Candidate[][] {
  const papers = new Map<number, Candidate[]>();
  for (const candidate of ranked) {
    const own = papers.get(candidate.source.marker);
    if (own === undefined) papers.set(candidate.source.marker, [candidate]);
    else own.push(candidate);
  }
  return [...papers.entries()].sort(([a], [b]) => a - b).map(([, own]) => own);
}

/** A title as the run-in heading of a paragraph: it ends like a sentence. */
function runIn(title: string): string {
  return /[.?!]$/.test(title) ? title : `${title}.`;
}

/** Cosine from which two sentences say the same: twins among the papers, or an abstract that repeats itself. */
const SAME = 0.95;
