/** What kind of question is asked, which decides the shape of its answer: by the phrases in which English asks (question/lexicon). */

import { STOP_WORDS } from "../text/stop-words.ts";
import { wordsFor } from "./lexicon.ts";
import { finds, tokensOf, without } from "./phrases.ts";
import type { Question } from "./question.ts";

export type QuestionKind = "fact" | "explanation" | "summary" | "comparison" | "survey" | "small-talk";

/** What the question calls by name (question/named-papers.ts). */
export interface Naming {
  /** Titles. */
  readonly titles: readonly string[];
  /** The question without the names. */
  readonly rest: Question;
}

/** Words of asking, and of setting side by side: they name nothing that is asked for. */
const ASKING = new Set(wordsFor("settingOut"));

export function questionKind(question: Question, { titles, rest }: Naming): QuestionKind {
  if (question.talk !== undefined) return "small-talk";
  const named = titles.length;
  const isComparison = rest.says("comparison");
  if (named > 1 && (isComparison || rest.says("betweenTwo"))) return "comparison";
  if (rest.says("summary") && (named > 0 || rest.says("onePaper"))) return "summary";
  const isWhole = named > 0 ? !asksMore({ titles, rest }) : rest.says("aboutPaper");
  if (isWhole && (named > 0 || rest.says("onePaper"))) return "summary";
  if (named === 0 && rest.says("survey")) return "survey";
  if (isComparison) return "comparison";
  return rest.says("explanation") ? "explanation" : "fact";
}

/** Whether anything is asked beside what the named papers are about: a word is left that is not of asking or of their titles. */
export function asksMore({ titles, rest }: Naming): boolean {
  const known = new Set(tokensOf(titles.join(" ")).map(({ text }) => text));
  const { text, tokens } = rest;
  return tokensOf(without(text, tokens, finds(tokens, "aboutMe"))).some(
    ({ text }) => !(STOP_WORDS.has(text) || ASKING.has(text) || known.has(text)),
  );
}
