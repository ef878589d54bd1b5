/** The two papers that a question sets side by side without calling them by name: "solar cells in space vs in three dimensions". */

import { terms } from "../text/terms.ts";
import { oneLine } from "../util/strings.ts";
import { finds, type Token, tokensOf } from "./phrases.ts";

/** Share of a side's words, by idf, that its paper holds at least. */
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
  const [left, right] = sidesIn(oneLine(question)) ?? [];
  if (left === undefined || right === undefined) return undefined;
  const [first, second] = [left, right].map((side) => bestFor(side, papers, textOf, idf));
  return first === undefined || second === undefined || first === second ? undefined : [first, second];
}

/** What stands before and behind the word that sets them against each other; without one that leads to them it is "versus". */
function sidesIn(question: string): [string, string] | undefined {
  const tokens = tokensOf(question);
  const [lead] = finds(tokens, "comparing");
  const both = tokens.slice(lead?.end ?? 0);
  const marks = lead === undefined ? (["versus"] as const) : (["versus", "joined"] as const);
  const [mark] = marks.flatMap((phrases) =>
    finds(both, phrases)
      .filter(({ first }) => first > 0)
      .slice(0, 1),
  );
  if (mark === undefined) return undefined;
  const [behind] = finds(both, "differing").filter(({ first }) => first > mark.end);
  const textOf = (side: readonly Token[]) =>
    question.slice(side[0]?.start ?? question.length, side.at(-1)?.end);
  const [left, right] = [textOf(both.slice(0, mark.first)), textOf(both.slice(mark.end, behind?.first))];
  return left === "" || right === "" ? undefined : [left, right];
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
