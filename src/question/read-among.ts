/** What a question says by its words, read once and alike for the decision and for the plan of the answer. */

import { asksForThing } from "./asks-for-thing.ts";
import { namedPapers, type WordRarity } from "./named-papers.ts";
import type { Titled } from "./paper-names.ts";
import { type Naming, type QuestionKind, questionKind } from "./question-kind.ts";
import { type RequestedForm, requestedForm } from "./requested-form.ts";

export interface ReadQuestion<T> extends Naming {
  readonly kind: QuestionKind;
  readonly form: RequestedForm;
  /** Those called by name, in the order of their names; `rest` is the question without names and wishes for a form. */
  readonly papers: readonly T[];
  /** A summary is no more than the likeliest thing to be meant. */
  readonly guessed: boolean;
}

export function readQuestion<T>(
  question: string,
  found: readonly T[],
  textOf: (paper: T) => Titled,
  rarity: WordRarity,
): ReadQuestion<T> {
  // Wishes first: "a beginner" is no part of what is asked of a paper.
  const form = requestedForm(question);
  const { papers, rest, guessed: misspelt } = namedPapers(form.rest, found, textOf, rarity);
  const titles = papers.map((paper) => textOf(paper).title);
  const kind = questionKind(question, { titles, rest });
  // Nothing but a name and words that no paper has, as of another language: what the paper is about is the best to say.
  const unasked = kind === "fact" && papers.length > 0 && !asksForThing(rest, rarity.idf);
  return { kind: unasked ? "summary" : kind, form, papers, titles, rest, guessed: misspelt || unasked };
}
