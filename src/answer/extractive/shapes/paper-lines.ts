/** One sentence of each of the nearest papers, a line a paper, most relevant first. */

import { escapeMarkdown } from "../../../util/strings.ts";
import { dot } from "../../../util/vectors.ts";
import type { Candidate } from "../candidates.ts";
import type { Piece } from "../compose.ts";
import { Quoter, sentencesBefore, staysOpen } from "../quotation.ts";
import { runIn } from "./run-in.ts";
import { SAME } from "./same.ts";

/** Papers that get a line. */
const MOST = 6;
/** What a sentence loses that cannot be read without the one before it. In units of the candidates' score. */
const NOT_ALONE = 0.15;
/** What it loses besides that cannot be read even with those. */
const STILL_OPEN = 0.4;

/**
 * Share of the best line's score below which a paper has no line. Of the 78 right papers in the first six lines of 33
 * surveys, .35 loses none and 20 of 93 wrong ones; .4 one and 26, .5 eight and 44.
 */
const LEAST = 0.35;
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
export function paperLines(ranked: readonly Candidate[], { cut, count = MOST }: LinesWished = {}): Piece[] {
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
      reaches(LEAST, worth(candidate), best) &&
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
