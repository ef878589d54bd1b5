import type { Paper } from "../protocol.ts";

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

function rankOf(paper: Paper, wanted: string, words: readonly string[]): number {
  const title = ` ${fold(paper.title)}`;
  if (title.includes(` ${wanted}`)) return 3;
  if (words.every((word) => title.includes(` ${word}`))) return 2;
  const all = `${title} ${fold(paper.authors?.join(" ") ?? "")}`;
  return words.every((word) => all.includes(` ${word}`)) ? 1 : 0;
}

function fold(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
