/** What a list of papers leaves open: the rarest word that was asked for, where none of them has it. */
import type { Paper } from "../../protocol.ts";
import { wordsFor } from "../../question/lexicon.ts";
import { terms } from "../../text/terms.ts";
import { UNKNOWN_TERM } from "../../text/unknown-term.ts";

/**
 * Share of the highest idf there is from which a word says what the list is to be about: of 236 papers, in one or two or
 * in none. A commoner one that the lines lack ("recent", "compare") is said in other words.
 */
const RARE = 0.7;
/** Words in which lists are asked for; rare in abstracts, and no subject of any. */
const ASKING = new Set(terms(wordsFor("listing").join(" ")));

/** @param idf of a stemmed term in the corpus */
export function missingWord(
  question: string,
  papers: readonly Pick<Paper, "title" | "abstract">[],
  idf: (term: string) => number,
): string | undefined {
  let rarest: { word: string; own: string[]; weight: number } | undefined;
  for (const word of question.match(/[\p{L}\p{N}]+(?:[-'’][\p{L}\p{N}]+)*/gu) ?? []) {
    const own = terms(word).filter((term) => !ASKING.has(term));
    const weight = Math.max(0, ...own.map(idf));
    if (weight > (rarest?.weight ?? 0)) rarest = { word, own, weight };
  }
  if (rarest === undefined || rarest.weight < RARE * idf(UNKNOWN_TERM)) return undefined;
  const held = new Set(papers.flatMap(({ title, abstract }) => terms(`${title} ${abstract}`)));
  return rarest.own.some((term) => held.has(term)) ? undefined : rarest.word;
}
