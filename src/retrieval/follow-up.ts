/** Makes a follow-up question stand alone, by rule: what it leaves out is papers that were spoken of before. */
import { oneLine } from "../util/one-line.ts";
import { isBare } from "./is-bare.ts";
import { papersMeant, picksPapers, putInPlace } from "./papers-meant.ts";

/** One earlier question and the papers it was about, in the order in which they were spoken of. */
export interface Turn {
  readonly question: string;
  readonly papers: readonly { readonly title: string }[];
  /** Under their numbers all sources that the answer showed. */
  readonly sources?: readonly { readonly marker: number; readonly title: string }[];
  /** What was answered; the rule does without. */
  readonly answer?: string;
}

/** Words that point at something said before. */
const POINTER =
  /\b(?:it|its|they|theirs?|them|these|those|he|she|his|her|that\s+one|this\s+one|the\s+authors?|the\s+two|there(?=\s*[?,.])|(?:this|that|the)\s+(?:paper|method|approach|work|study|same|fix)|(?:for|of|to|by|with|do|does|did|is|was|than|about|from|show)\s+that|(?:do|does|did|is|was|can|could|would|will)\s+this|(?:this|that)(?=\s*(?:[?.!]|$)))\b/i;
/** "Is it possible …": this "it" points at nothing. */
const EXPLETIVE =
  /\b(?:is|was|would|does)\s+it\s+(?:possible|true|known|better|worth|easy|hard|make\s+sense|help)\b/i;
/** What it says within points at nothing: “Null It Out”. */
const TITLE = /“[^“”]{1,400}”/g;
const CONTINUATION = /^(?:and|but|so|or|also|then|what\s+about|how\s+about|why\s*\??$|how\s*\??$)\b/i;
/** Words within which a pronoun points back; further on it mostly points at something in the question itself. */
const POINTER_WITHIN = 9;
/** A question of so few words leaves something out: "Which two tasks?". */
const SHORT = /^(?:which|what|who|when|where|how|why)\W*(?: \S+){0,2}$/i;

/** "What is BERT?", "who is Ada?", "what is a transformer?": what is named here is what it is about. */
const DEFINITION =
  /^[^\p{L}\p{N}]{0,20}(?:[Ww]hat|[Ww]ho)(?:['’]s|\s+(?:is|are|was|were))\s+(?:an?\s+\p{L}|(?=\S*\p{Lu})\S+\s*$)/u;

/** How a question depends on what was said before it. */
export type Dependence = "points-back" | "may-continue" | "stands-alone";

/**
 * By its words alone: a pronoun, a choice among papers or nothing but words of asking point back; "and …?" or a few words
 * may continue the topic, or begin another.
 */
export function dependenceOf(asked: string): Dependence {
  const question = oneLine(asked);
  const words = oneLine(question.replace(TITLE, "“…”").replace(EXPLETIVE, "")).split(" ");
  const near = words.slice(0, POINTER_WITHIN).join(" ") + (words.length > POINTER_WITHIN ? " …" : "");
  if (picksPapers(question) || isBare(question)) return "points-back";
  if (POINTER.test(near)) return "points-back";
  if (DEFINITION.test(question)) return "stands-alone";
  return SHORT.test(question) || CONTINUATION.test(question) ? "may-continue" : "stands-alone";
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
