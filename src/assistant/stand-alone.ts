import type { Decision } from "../answer/abstain.ts";
import { resolveFollowUp, type Turn } from "../question/follow-up.ts";
import type { Question } from "../question/question.ts";
import type { RankedPaper } from "../retrieval/retriever.ts";
import { contentWords, terms } from "../text/terms.ts";
import { withTitles } from "./with-titles.ts";

/** The question made to stand alone by a language model; undefined when it could not, and the rule has to. */
export type Condense = (
  question: string,
  history: readonly Turn[],
  signal: AbortSignal | undefined,
) => Promise<string | undefined>;

/** A question and what was found for it. */
export interface Found {
  readonly question: Question;
  readonly ranked: readonly RankedPaper[];
  /** Whether that answers the question: decided when it is first wanted. */
  readonly verdict: Decision;
}

/** The papers of an index, as a question meets them. */
export interface Search {
  find(question: Question): Promise<Found>;
  /** With misspelt words put right. */
  spelled(question: string): Promise<string>;
  /** Of a paper that was found. */
  title(paperId: string): string;
}

/**
 * Share of what is asked that a sentence of the last answer's papers must hold for a question that finds nothing alone
 * to be about them. Of the follow-ups that seem to stand alone all four reach it, of 62 refused questions two.
 */
const RESUMING = 0.1;

/**
 * The question as it reads without the conversation and without what is said to the machine, and its ranking. A
 * question that may continue the topic but is answered for certain by itself, and not by a single word ("Who is
 * faster?"), has begun a new one, and is not dragged back; one that seems to stand alone and finds nothing was about the
 * papers of the last answer if those speak of it ("What was the mission called?"). Where nothing is asked of the papers,
 * the words stay as they are.
 * @param options without `condense` it is the rule that makes it stand alone
 */
export async function standAlone(
  asked: Question,
  history: readonly Turn[],
  search: Search,
  { condense, signal }: { condense?: Condense | undefined; signal?: AbortSignal | undefined } = {},
): Promise<Found> {
  const said = asked.asked.orderless;
  if (said.text === "") return search.find(asked);
  const question = said.as(withTitles(await search.spelled(said.text), history));
  if (history.length === 0) return search.find(question);
  const { talk, dependence } = question;
  const condensed = talk === undefined ? await condense?.(question.text, history, signal) : undefined;
  if (condensed !== undefined) return search.find(question.as(condensed));
  // "What is it about?" has the words of small talk, and is none while papers are spoken of.
  if (talk !== undefined && (talk !== "chatter" || dependence !== "points-back"))
    return search.find(question);
  const continued = () => search.find(question.as(resolveFollowUp(question.text, history)));
  if (dependence === "points-back") return continued();
  const alone = await search.find(question);
  const { confidence } = alone.verdict;
  const mayContinue = dependence === "may-continue";
  const begins = mayContinue
    ? confidence === "high" && contentWords(question.text).includes(" ")
    : confidence !== "none";
  if (begins) return alone;
  const back = await continued();
  const resumes = back.verdict.held >= RESUMING;
  // "What about hallucinations?" begins again if the last papers say nothing of them, and another has them in its title.
  const best = alone.ranked[0] === undefined ? "" : search.title(alone.ranked[0].paperId);
  const titled = question.terms.some((term) => terms(best).includes(term));
  return resumes || (mayContinue && !titled) ? back : alone;
}
