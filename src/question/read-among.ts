/** What a question says of the papers found for it, read once for the decision and for the plan of the answer. */

import { STOP_WORDS } from "../text/stop-words.ts";
import { UNKNOWN_TERM } from "../text/terms.ts";
import { finds, tokensOf, without, wordsFor } from "./language/phrases.ts";
import { namedPapers, type WordRarity } from "./names/named-papers.ts";
import type { Titled } from "./names/paper-names.ts";
import type { Question } from "./question.ts";

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
  const named = namedPapers(unwished, found, rarity);
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

export type QuestionKind = "fact" | "explanation" | "summary" | "comparison" | "survey" | "small-talk";

/** What the question calls by name (names/named-papers.ts). */
interface Naming {
  /** Titles. */
  readonly titles: readonly string[];
  /** The question without the names. */
  readonly rest: Question;
}

/** Words of asking, and of setting side by side: they name nothing that is asked for. */
const ASKING = new Set(wordsFor("settingOut"));

/** What kind of question is asked, which decides the shape of its answer: by the phrases in which English asks (question/lexicon). */
export function questionKind(question: Question, { titles, rest }: Naming): QuestionKind {
  if (question.talk !== undefined) return "small-talk";
  const named = titles.length;
  const isComparison = rest.says("comparison");
  if (named > 1 && (isComparison || rest.says("betweenTwo"))) return "comparison";
  const isSummary = named > 0 ? rest.says("summary") || !asksMore({ titles, rest }) : asksForOne(rest);
  if (isSummary) return "summary";
  if (named === 0 && rest.says("survey")) return "survey";
  if (isComparison) return "comparison";
  return rest.says("explanation") ? "explanation" : "fact";
}

/** "Summarise the paper on X": one that it does not name. */
function asksForOne(question: Question): boolean {
  return question.says("onePaper") && (question.says("summary") || question.says("aboutPaper"));
}

/** Whether papers are asked for, by a question that names none, and nothing that one of them says. */
export function asksForPapers(question: Question): boolean {
  return question.talk === undefined && question.says("survey") && !asksForOne(question);
}

/** Whether anything is asked beside what the named papers are about: a word is left that is not of asking or of their titles. */
export function asksMore({ titles, rest }: Naming): boolean {
  const known = new Set(tokensOf(titles.join(" ")).map(({ text }) => text));
  const { text, tokens } = rest;
  return tokensOf(without(text, tokens, finds(tokens, "aboutMe"))).some(
    ({ text }) => !(STOP_WORDS.has(text) || ASKING.has(text) || known.has(text)),
  );
}
