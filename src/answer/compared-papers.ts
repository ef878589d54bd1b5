/** The two papers that a question sets side by side without calling them by name: "solar cells in space vs in three dimensions". */
import { terms } from "../retrieval/terms.ts";

/** Where the two sides stand. */
const SIDES: readonly RegExp[] = [
  /\b(?:compare|contrast)\s+(.+?)\s+(?:and|with|to|against|versus|vs\.?)\s+(.+)/i,
  /\b(?:difference|differences|comparison) (?:between|of)\s+(.+?)\s+(?:and|with|to)\s+(.+)/i,
  /\bhow (?:do|does|did)\s+(.+?)\s+(?:differ from|compare (?:to|with|against))\s+(.+)/i,
  /\bhow (?:do|does|did)\s+(.+?)\s+and\s+(.+?)\s+(?:differ|compare)\b/i,
  /^(.+?)\s+(?:versus|vs\.?)\s+(.+)/i,
];
/** Share of a side's words, by idf, that its paper holds at the least. */
const LEAST = 0.5;
/** What a paper loses of that share for each one that ranks before it. */
const RANK = 0.05;

interface Words {
  readonly title: string;
  readonly abstract: string;
}

/**
 * Both papers, in the order of the sides; undefined when a side fits none, or both fit the same one best.
 * @param papers in rank order
 */
export function comparedPapers<T>(
  question: string,
  papers: readonly T[],
  textOf: (paper: T) => Words,
  idf: (term: string) => number,
): readonly [T, T] | undefined {
  const [, left, right] =
    SIDES.map((pattern) => pattern.exec(question)).find((found) => found !== null) ?? [];
  if (left === undefined || right === undefined) return undefined;
  const [first, second] = [left, right].map((side) => bestFor(side, papers, textOf, idf));
  return first === undefined || second === undefined || first === second ? undefined : [first, second];
}

function bestFor<T>(
  side: string,
  papers: readonly T[],
  textOf: (paper: T) => Words,
  idf: (term: string) => number,
): T | undefined {
  const asked = [...new Set(terms(side))].map((term) => ({ term, weight: idf(term) }));
  const all = asked.reduce((sum, { weight }) => sum + weight, 0);
  let best: { paper: T; fit: number } | undefined;
  for (const [rank, paper] of papers.entries()) {
    const { title, abstract } = textOf(paper);
    const held = new Set(terms(`${title} ${abstract}`));
    const covered = asked.reduce((sum, { term, weight }) => sum + (held.has(term) ? weight : 0), 0) / all;
    const fit = covered - RANK * rank;
    if (covered >= LEAST && fit > (best?.fit ?? 0)) best = { paper, fit };
  }
  return best?.paper;
}
