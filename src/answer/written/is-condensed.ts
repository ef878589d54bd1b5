import { terms } from "../../text/terms.ts";

/** Times the question's length; a shorter one counts as this many code units: "Why?" may well become a long question. */
const MOST_TIMES = 10;
const SHORT = 20;
/** Share of the terms, titles aside, that have to come from the conversation. */
const KNOWN_TERMS = 0.5;
/** Scripts that questions are asked in. */
const SCRIPTS = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Han}/u,
  /[\p{Script=Hiragana}\p{Script=Katakana}]/u,
  /\p{Script=Hangul}/u,
  /\p{Script=Arabic}/u,
  /\p{Script=Hebrew}/u,
  /\p{Script=Devanagari}/u,
  /\p{Script=Thai}/u,
];

export interface Told {
  /** The question that was condensed. */
  readonly question: string;
  /** All of the conversation that the model was shown. */
  readonly history: string;
  readonly titles: readonly string[];
}

/**
 * Whether what a model made of a question can be that question: one line, not too long, in the scripts and mostly in the
 * words of the conversation. An answer, an apology or another language brings words of its own; titles, which are the
 * same in all of those, tell nothing and are left out.
 */
export function isCondensed(text: string, { question, history, titles }: Told): boolean {
  if (text === "" || text.includes("\n")) return false;
  if (text.length > MOST_TIMES * Math.max(SHORT, question.length)) return false;
  const told = `${history}\n${question}`;
  if (SCRIPTS.some((script) => script.test(text) && !script.test(told))) return false;
  const known = new Set(terms(told));
  const own = terms(titles.reduce((rest, title) => rest.replaceAll(title, " "), text));
  const shared = own.filter((term) => known.has(term)).length;
  return shared >= KNOWN_TERMS * own.length;
}
