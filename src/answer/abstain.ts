/** The one decision whether the corpus answers a question, the same on every transport and for every answerer. */
import type { Confidence } from "../protocol.ts";
import type { RankedPaper } from "../retrieval/retriever.ts";

/**
 * Cosine below which nothing in the corpus is about the question. On the development questions, with the bundled
 * model: 1 of 20 semantic questions and none of the factual ones lies below, 9 of 10 from other fields do.
 */
const NEAR_ENOUGH = 0.25;
/** A lexical part below which shared words are chance. The same questions: other fields stay below, factual above. */
const WORDS_ENOUGH = 0.35;
/**
 * Fused score from which the best paper states an answer. The lowest factual question has .92, the highest that
 * nearly fits the corpus .86; questions worded unlike their paper stay below: they are answered tentatively.
 */
const CERTAIN = 0.9;

/** @param ranked best first */
export function decideConfidence(ranked: readonly RankedPaper[]): Confidence {
  const best = ranked[0];
  if (best === undefined) return "none";
  const nearest = Math.max(...ranked.map((paper) => paper.why.dense));
  if (nearest < NEAR_ENOUGH && best.why.lexical < WORDS_ENOUGH) return "none";
  return best.score >= CERTAIN ? "high" : "tentative";
}
