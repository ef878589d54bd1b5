import type { Paper, SearchResult } from "../../src/protocol.ts";
import { bestSentence } from "../notes/best-sentence.ts";
import type { Lit } from "../ui/lit.ts";

/** Characters of an abstract in a row: its first line or two. */
const SHOWN = 260;
/** Characters around the sentence that matches. */
const BEFORE = 60;
const AFTER = 120;

/** What a row shows of an abstract. */
export interface Excerpt {
  readonly text: string;
  readonly lit: readonly Lit[];
}

/** Its beginning. */
export function beginningOf({ abstract }: Pick<Paper, "abstract">): Excerpt {
  const text = abstract.length <= SHOWN ? abstract : `${abstract.slice(0, wordEnd(abstract, SHOWN))}…`;
  return { text, lit: [] };
}

/** The sentence that comes nearest to the query, lit, with some words around it. */
export function matchOf(
  { paper, passages }: Pick<SearchResult, "paper" | "passages">,
  query: string,
): Excerpt {
  const { abstract } = paper;
  const sentence = bestSentence(
    passages.filter(({ field }) => field === "abstract"),
    query,
  );
  const at = sentence === "" ? -1 : abstract.indexOf(sentence);
  if (at < 0) return beginningOf(paper);
  const from = at <= BEFORE ? 0 : abstract.indexOf(" ", at - BEFORE) + 1;
  const to = wordEnd(abstract, at + sentence.length + AFTER);
  const lead = from > 0 ? "…" : "";
  const start = at - from + lead.length;
  return {
    text: `${lead}${abstract.slice(from, to)}${to < abstract.length ? "…" : ""}`,
    lit: [{ start, end: start + sentence.length }],
  };
}

/** The end of the last whole word before `at`; of what has no spaces, there. */
function wordEnd(text: string, at: number): number {
  if (at >= text.length) return text.length;
  const space = text.lastIndexOf(" ", at);
  return space < at - BEFORE ? at : space;
}
