/** Makes a follow-up question stand alone, by rule: what it leaves out is papers that were spoken of before. */
import { oneLine } from "../util/strings.ts";
import { isBare } from "./is-bare.ts";
import { wordsFor } from "./lexicon.ts";
import { papersMeant, picksPapers, putInPlace } from "./papers-meant.ts";
import { finds, says, type Token, tokensOf, without } from "./phrases.ts";

/** One earlier question and the papers it was about, in the order in which they were spoken of. */
export interface Turn {
  readonly question: string;
  readonly papers: readonly { readonly title: string }[];
  /** Under their numbers all sources that the answer showed. */
  readonly sources?: readonly { readonly marker: number; readonly title: string }[];
  /** What was answered; the rule does without. */
  readonly answer?: string;
}

/** What it says within points at nothing: “Null It Out”. */
const TITLE = /“[^“”]{1,400}”/g;
/** Words within which a pronoun points back; further on it mostly points at something in the question itself. */
const POINTER_WITHIN = 9;
/** "What is BERT?", "what is a transformer?", "Who is Ada?": what is named here is what it is about. */
const ARTICLES = new Set(["a", "an"]);

/** How a question depends on what was said before it. */
export type Dependence = "points-back" | "may-continue" | "stands-alone";

/**
 * By its words alone: a pronoun, a choice among papers or nothing but words of asking point back; "and …?" or a few words
 * may continue the topic, or begin another.
 */
export function dependenceOf(asked: string): Dependence {
  const question = oneLine(asked);
  const tokens = tokensOf(question);
  const isBack = picksPapers(question) || isBare(question) || pointsBack(question);
  if (isBack) return "points-back";
  if (definesNamed(question, tokens)) return "stands-alone";
  return says(tokens, "short") || says(tokens, "continuation") ? "may-continue" : "stands-alone";
}

function pointsBack(question: string): boolean {
  const untitled = question.replace(TITLE, "“…”");
  const tokens = tokensOf(untitled);
  const near = tokensOf(without(untitled, tokens, finds(tokens, "expletive")));
  return finds(near, "pointer").some(({ first }) => first < POINTER_WITHIN);
}

function definesNamed(question: string, tokens: readonly Token[]): boolean {
  const [what, be, named, ...more] = tokens;
  if (
    named === undefined ||
    !["what", "who"].includes(what?.text ?? "") ||
    !wordsFor("be").includes(be?.text ?? "")
  )
    return false;
  if (ARTICLES.has(named.text)) return more.length > 0;
  return more.length === 0 && /\p{Lu}/u.test(question.slice(named.start, named.end));
}

/**
 * The question with the titles of the papers it points at, in quotation marks: in the place of "the third", which is
 * no word of what is asked, else after it. What is searched for then reads as a person would have asked it.
 * @param history not empty
 */
export function resolveFollowUp(question: string, history: readonly Turn[]): string {
  // The last answer may have been a refusal: then the papers of the one before are still the topic.
  const spoken = history.map(({ papers }) => papers).filter(({ length }) => length > 0);
  const meant = papersMeant(question, spoken);
  // Who says "the third" of two named one that was not found: its name is in the question that named them.
  const before = history.findLast(({ papers }) => papers.length > 1) ?? history.at(-1);
  if (meant.length === 0) return `${before?.question ?? ""} ${question}`.trim();
  const titles = meant.map(({ title }) => `“${title}”`).join(" and ");
  return putInPlace(question.trim(), titles) ?? `${question.trim()} (in ${titles})`;
}
