/** The two papers that a question sets side by side without calling them by name: "solar cells in space vs in three dimensions". */
import { terms } from "../retrieval/terms.ts";
import { oneLine } from "../util/one-line.ts";

/** What leads to two sides, stands between them and, where there is such a thing, behind them. */
interface Frame {
  readonly lead: RegExp;
  readonly between: RegExp;
  readonly end?: RegExp;
}

const FRAMES: readonly Frame[] = [
  {
    lead: /\b(?:compare|contrast) /i,
    between: / (?:and|with|to|against|versus|vs\.?) /i,
  },
  {
    lead: /\b(?:difference|differences|comparison) (?:between|of) /i,
    between: / (?:and|with|to) /i,
  },
  {
    lead: /\bhow (?:do|does|did) /i,
    between: / (?:differ from|compare (?:to|with|against)) /i,
  },
  { lead: /\bhow (?:do|does|did) /i, between: / and /i, end: / (?:differ|compare)\b/i },
  { lead: /^/, between: / (?:versus|vs\.?) /i },
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
  const line = oneLine(question);
  const [left, right] =
    FRAMES.map((frame) => sidesIn(line, frame)).find((sides) => sides !== undefined) ?? [];
  if (left === undefined || right === undefined) return undefined;
  const [first, second] = [left, right].map((side) => bestFor(side, papers, textOf, idf));
  return first === undefined || second === undefined || first === second ? undefined : [first, second];
}

/** One mark after the other, each the first behind the one before: a pattern of all would try every pair of places. */
function sidesIn(question: string, { lead, between, end }: Frame): [string, string] | undefined {
  const [, both] = partedBy(lead, question) ?? [];
  const [left = "", behind = ""] = partedBy(between, both ?? "") ?? [];
  const right = end === undefined ? behind : (partedBy(end, behind)?.[0] ?? "");
  return left === "" || right === "" ? undefined : [left, right];
}

/** What stands before and behind its first match. */
function partedBy(mark: RegExp, text: string): [string, string] | undefined {
  const found = mark.exec(text);
  return found === null ? undefined : [text.slice(0, found.index), text.slice(found.index + found[0].length)];
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
