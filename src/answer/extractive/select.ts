/** Which of the ranked sentences make the answer. */
import { dot } from "../../util/dot.ts";
import type { Candidate } from "./candidates.ts";

/** Sentences of an answer. */
const FEWEST = 2;
const MOST = 4;
/** Sentences of one paper: more of them make a summary, not an answer. */
const MOST_A_PAPER = 3;
/** A sentence this far behind the best one is no part of the answer. In units of the candidates' score. */
const WITHIN = 0.6;
/** Cosine from which two sentences say the same: twins among the papers, or an abstract that repeats itself. */
const SAME = 0.95;

/** The sentences of a direct answer, most relevant first. @param ranked best first */
export function selectAnswer(ranked: readonly Candidate[]): Candidate[] {
  const chosen: Candidate[] = [];
  const best = ranked[0]?.score ?? 0;
  for (const candidate of ranked) {
    if (chosen.length >= MOST) break;
    if (chosen.length >= FEWEST && best - candidate.score > WITHIN) break;
    if (chosen.filter(({ paper }) => paper === candidate.paper).length >= MOST_A_PAPER) continue;
    if (!chosen.some(({ vector }) => dot(vector, candidate.vector) >= SAME)) chosen.push(candidate);
  }
  return chosen;
}

/** Where nothing answers directly: the best sentence of each of the nearest papers, in rank order. @param ranked best first */
export function selectClosest(ranked: readonly Candidate[]): Candidate[] {
  const byRank = [...ranked].sort((a, b) => a.source.marker - b.source.marker);
  const chosen: Candidate[] = [];
  for (const candidate of byRank) {
    if (chosen.length >= MOST) break;
    if (
      chosen.every(({ paper, vector }) => paper !== candidate.paper && dot(vector, candidate.vector) < SAME)
    ) {
      chosen.push(candidate);
    }
  }
  return chosen;
}

/** The most central sentences of one paper, in its own order: first and last state problem and result. */
export function selectSummary(ranked: readonly Candidate[]): Candidate[] {
  const paper = ranked[0]?.paper;
  const own = ranked.filter((candidate) => candidate.paper === paper).sort((a, b) => a.start - b.start);
  if (own.length <= MOST) return own;
  const centre = own.reduce(
    (sum, { vector }) => sum.map((value, i) => value + (vector[i] ?? 0)),
    new Float32Array(own[0]?.vector.length ?? 0),
  );
  const middle = own.slice(1, -1).sort((a, b) => dot(b.vector, centre) - dot(a.vector, centre));
  const kept = new Set([own[0], own.at(-1), ...middle.slice(0, MOST - 2)]);
  return own.filter((candidate) => kept.has(candidate));
}
