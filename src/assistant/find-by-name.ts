import type { Paper } from "../protocol.ts";
import { fold as foldText } from "../text/fold.ts";

/**
 * Papers whose title or authors hold every word of the query, each at the head of a word, any case, accents aside.
 * Best first: the query as it stands in the title, then all words in the title, then those that need the authors;
 * corpus order among equals. An empty query gives all.
 */
export function findByName(papers: readonly Paper[], query: string): readonly Paper[] {
  const wanted = fold(query);
  const words = wanted.split(" ").filter((word) => word !== "");
  if (words.length === 0) return papers;
  return papers
    .map((paper) => ({ paper, rank: rankOf(paper, wanted, words) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank)
    .map(({ paper }) => paper);
}

/** Folded names, kept as long as their paper: a list of 20,000 is searched at every key press. */
const folded = new WeakMap<Paper, { title: string; all: string }>();

function rankOf(paper: Paper, wanted: string, words: readonly string[]): number {
  const { title, all } = namesOf(paper);
  if (title.includes(` ${wanted}`)) return 3;
  if (words.every((word) => title.includes(` ${word}`))) return 2;
  return words.every((word) => all.includes(` ${word}`)) ? 1 : 0;
}

function namesOf(paper: Paper): { title: string; all: string } {
  const known = folded.get(paper);
  if (known !== undefined) return known;
  const title = ` ${fold(paper.title)}`;
  const names = { title, all: `${title} ${fold(paper.authors?.join(" ") ?? "")}` };
  folded.set(paper, names);
  return names;
}

function fold(text: string): string {
  return foldText(text)
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
