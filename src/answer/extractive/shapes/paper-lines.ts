/** One sentence of each of the nearest papers, a line a paper, most relevant first. */
import { dot } from "../../../util/dot.ts";
import { escapeMarkdown } from "../../../util/escape-markdown.ts";
import type { Candidate } from "../candidates.ts";
import type { Piece } from "../compose.ts";
import { Quoter, sentencesBefore } from "../quotation.ts";
import { runIn } from "./run-in.ts";
import { SAME } from "./same.ts";

/** Papers that get a line. */
const MOST = 6;
/** What a sentence loses that cannot be read without the one before it. In units of the candidates' score. */
const NOT_ALONE = 0.15;

/** @param ranked best first */
export function paperLines(ranked: readonly Candidate[], most = MOST): Piece[] {
  const chosen: Candidate[] = [];
  for (const own of byPaper(ranked)) {
    const best = own.reduce((a, b) => (worth(b) > worth(a) ? b : a));
    // Twins among the papers say the same: one of them will do.
    if (!chosen.some(({ vector }) => dot(vector, best.vector) >= SAME)) chosen.push(best);
  }
  const quoter = new Quoter();
  const lines = chosen.slice(0, most).flatMap((candidate, at): Piece[] => {
    const quotation = quoter.quote(candidate);
    const title = escapeMarkdown(runIn(candidate.paper.title));
    return quotation === undefined ? [] : [`${at === 0 ? "" : "\n"}- **${title}** `, quotation];
  });
  const more = chosen.length - most;
  return more > 0 ? [...lines, `\n\n… and ${more} more among the sources.`] : lines;
}

function worth(candidate: Candidate): number {
  return candidate.score - (sentencesBefore(candidate) > 0 ? NOT_ALONE : 0);
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
