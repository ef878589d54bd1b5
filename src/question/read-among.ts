/** What a question says of the papers found for it, read once for the decision and for the plan of the answer. */
import { UNKNOWN_TERM } from "../text/unknown-term.ts";
import { namedPapers, type WordRarity } from "./named-papers.ts";
import type { Titled } from "./paper-names.ts";
import type { Question } from "./question.ts";
import { type Naming, type QuestionKind, questionKind } from "./question-kind.ts";

export interface ReadAmong<T> extends Naming {
  readonly kind: QuestionKind;
  /** Those called by name, in the order of their names; `rest` is the question without names and wishes for a form. */
  readonly papers: readonly T[];
  /** A summary is no more than the likeliest thing to be meant. */
  readonly guessed: boolean;
}

export function readAmong<T extends Titled>(
  question: Question,
  found: readonly T[],
  rarity: WordRarity,
): ReadAmong<T> {
  // Wishes first: "a beginner" is no part of what is asked of a paper.
  const { unwished } = question;
  const named = namedPapers(unwished.text, found, (paper) => paper, rarity);
  const { papers, guessed: misspelt } = named;
  const rest = unwished.as(named.rest);
  const titles = papers.map(({ title }) => title);
  const kind = questionKind(question, { titles, rest });
  // Nothing but a name and words that no paper has, as of another language: what the paper is about is the best to say.
  const unasked = kind === "fact" && papers.length > 0 && !asksForThing(rest, rarity.idf);
  return { kind: unasked ? "summary" : kind, papers, titles, rest, guessed: misspelt || unasked };
}

/**
 * Whether it names anything that an abstract could state or fail to state: a noun behind the question word, an amount, a
 * person, a time, a place, whether, or else a word that some paper has. Of "Was ist DiffCSE?" nothing of the kind is
 * left, nor of a row of names.
 * @param rest the question without the name of the paper
 * @param idf inverse document frequency of a stemmed term in the corpus
 */
export function asksForThing(rest: Question, idf: (term: string) => number): boolean {
  const { noun, amount } = rest.asksFor;
  const known = () => rest.terms.some((term) => idf(term) < idf(UNKNOWN_TERM));
  return amount || noun !== "" || rest.says("whether") || rest.says("personTimePlace") || known();
}
