/** Makes a follow-up question stand alone, by rule: what it leaves out is the papers of the last answer. */

/** One earlier question and the papers its answer cited, in the order in which it spoke of them. */
export interface Turn {
  readonly question: string;
  readonly papers: readonly { readonly title: string }[];
  /** What was answered; the rule does without. */
  readonly answer?: string;
}

const ORDINALS: Record<string, number> = {
  first: 0,
  "1st": 0,
  former: 0,
  second: 1,
  "2nd": 1,
  latter: 1,
  third: 2,
  "3rd": 2,
  fourth: 3,
  "4th": 3,
  last: -1,
};
/** "the second one", "the last paper", "the first of them", "the latter": not "the first layers". */
const ORDINAL =
  /\b(?:the\s+)?(first|1st|second|2nd|third|3rd|fourth|4th|last)(?:\s+(?:one|paper|of\s+(?:them|these|those|the\s+\w+))\b|\s*[:,?])|\bthe\s+(former|latter)\b/i;
/** Words that point at several papers at once. */
const PLURAL = /\b(?:these|those|them|both|the\s+two|each\s+other|who)\b/i;
/** Words that point at something said before. */
const POINTER =
  /\b(?:it|its|they|theirs?|them|these|those|he|she|his|her|that\s+one|this\s+one|the\s+authors?|the\s+two|there(?=\s*[?,.])|(?:this|that|the)\s+(?:paper|method|approach|work|study|same|fix)|(?:for|of|to|by|with|do|does|did|is|was|than|about|from|show)\s+that)\b/i;
/** "Is it possible …": this "it" points at nothing. */
const EXPLETIVE =
  /\b(?:is|was|would|does)\s+it\s+(?:possible|true|known|better|worth|easy|hard|make\s+sense|help)\b/i;
const CONTINUATION = /^\s*(?:and|but|so|or|also|then|what\s+about|how\s+about|why\s*\??$|how\s*\??$)\b/i;
/** Words within which a pronoun points back; further on it mostly points at something in the question itself. */
const POINTER_WITHIN = 9;
/** A question of so few words leaves something out: "Which two tasks?". */
const SHORT = /^\s*(?:which|what|who|when|where|how|why)\W*(?:\s+\S+){0,2}\s*$/i;
/** Papers that a plural may mean. */
const SEVERAL = 2;

/** How a question depends on what was said before it. */
export type Dependence = "points-back" | "may-continue" | "stands-alone";

/** By its words alone: a pronoun points back; "and …?" or a few words may continue the topic, or begin another. */
export function dependenceOf(question: string): Dependence {
  const words = question.replace(EXPLETIVE, "").trim().split(/\s+/);
  if (ORDINAL.test(question) || POINTER.test(words.slice(0, POINTER_WITHIN).join(" "))) return "points-back";
  return SHORT.test(question) || CONTINUATION.test(question) ? "may-continue" : "stands-alone";
}

/**
 * The question with the titles of the papers it points at. They go in quotation marks after it, so that what is
 * searched for reads as a person would have asked it.
 * @param history not empty
 */
export function resolveFollowUp(question: string, history: readonly Turn[]): string {
  // The last answer may have been a refusal: then the papers of the one before are still the topic.
  const papers = history.findLast((turn) => turn.papers.length > 0)?.papers ?? [];
  if (papers.length === 0) return `${history.at(-1)?.question ?? ""} ${question}`.trim();
  const meant = pointedAt(question, papers);
  return `${question.trim()} (in ${meant.map(({ title }) => `“${title}”`).join(" and ")})`;
}

function pointedAt<T>(question: string, papers: readonly T[]): readonly T[] {
  const [, ordinal, side] = ORDINAL.exec(question) ?? [];
  const position = ORDINALS[(ordinal ?? side ?? "").toLowerCase()];
  const one = position === undefined ? undefined : papers.at(position);
  if (one !== undefined) return [one];
  return papers.slice(0, PLURAL.test(question) ? SEVERAL : 1);
}
