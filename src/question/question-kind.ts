/** What kind of question is asked, which decides the shape of its answer: by the phrases in which English asks (question/lexicon). */

import { STOP_WORDS } from "../text/stop-words.ts";
import { wordsFor } from "./lexicon.ts";
import { finds, says, tokensOf, without } from "./phrases.ts";
import { smallTalk } from "./small-talk.ts";

export type QuestionKind = "fact" | "explanation" | "summary" | "comparison" | "survey" | "small-talk";

/** What the question calls by name (question/named-papers.ts). */
export interface Naming {
  /** Titles. */
  readonly titles: readonly string[];
  /** The question without the names. */
  readonly rest: string;
}

/** Words of asking, and of setting side by side: they name nothing that is asked for. */
const ASKING = new Set(wordsFor("settingOut"));

export function questionKind(question: string, { titles, rest }: Naming): QuestionKind {
  if (smallTalk(question) !== undefined) return "small-talk";
  const tokens = tokensOf(rest);
  const named = titles.length;
  const isComparison = says(tokens, "comparison");
  if (named > 1 && (isComparison || says(tokens, "betweenTwo"))) return "comparison";
  if (says(tokens, "summary") && (named > 0 || says(tokens, "onePaper"))) return "summary";
  const isWhole = named > 0 ? !asksMore({ titles, rest }) : says(tokens, "aboutPaper");
  if (isWhole && (named > 0 || says(tokens, "onePaper"))) return "summary";
  if (named === 0 && says(tokens, "survey")) return "survey";
  if (isComparison) return "comparison";
  return says(tokens, "explanation") ? "explanation" : "fact";
}

/** Whether anything is asked beside what the named papers are about: a word is left that is not of asking or of their titles. */
export function asksMore({ titles, rest }: Naming): boolean {
  const known = new Set(tokensOf(titles.join(" ")).map(({ text }) => text));
  const tokens = tokensOf(rest);
  return tokensOf(without(rest, tokens, finds(tokens, "aboutMe"))).some(
    ({ text }) => !(STOP_WORDS.has(text) || ASKING.has(text) || known.has(text)),
  );
}
