import type { Decision } from "../answer/abstain.ts";
import { dependenceOf, resolveFollowUp, type Turn } from "../question/follow-up.ts";
import { readMessage } from "../question/read-message.ts";
import { smallTalk } from "../question/small-talk.ts";
import { withoutInstructions } from "../question/without-instructions.ts";
import type { RankedPaper } from "../retrieval/retriever.ts";
import { contentWords, terms } from "../text/terms.ts";
import { withTitles } from "./with-titles.ts";

/** The question made to stand alone by a language model; undefined when it could not, and the rule has to. */
export type Condense = (
  question: string,
  history: readonly Turn[],
  signal: AbortSignal | undefined,
) => Promise<string | undefined>;

/** The papers of an index, as a question meets them. */
export interface Search {
  retrieve(query: string): Promise<RankedPaper[]>;
  /** With misspelt words put right. */
  spelled(question: string): Promise<string>;
  /** Of a paper that was found. */
  title(paperId: string): string;
  /** Whether `ranked`, found for the query, answer it. */
  decide(query: string, ranked: readonly RankedPaper[]): Decision;
}

/**
 * Share of what is asked that a sentence of the last answer's papers must hold for a question that finds nothing alone
 * to be about them. Of the follow-ups that seem to stand alone all four reach it, of 62 refused questions two.
 */
const RESUMING = 0.1;

interface StandAlone {
  readonly standaloneQuestion: string;
  readonly ranked: RankedPaper[];
}

/**
 * The question as it reads without the conversation and without what is said to the machine, and its ranking. A
 * question that may continue the topic but is answered for certain by itself, and not by a single word ("Who is
 * faster?"), has begun a new one, and is not dragged back; one that seems to stand alone and finds nothing was about the
 * papers of the last answer if those speak of it ("What was the mission called?"). Where nothing is asked of the papers,
 * the words stay as they are.
 * @param options without `condense` it is the rule that makes it stand alone
 */
export async function standAlone(
  text: string,
  history: readonly Turn[],
  search: Search,
  { condense, signal }: { condense?: Condense | undefined; signal?: AbortSignal | undefined } = {},
): Promise<StandAlone> {
  const ranked = async (query: string): Promise<StandAlone> => ({
    standaloneQuestion: query,
    ranked: await search.retrieve(query),
  });
  const asked = withoutInstructions(readMessage(text).asked);
  if (asked === "") return ranked(text);
  const question = withTitles(await search.spelled(asked), history);
  if (history.length === 0) return ranked(question);
  const condensed = await condense?.(question, history, signal);
  if (condensed !== undefined) return ranked(condensed);
  const dependence = dependenceOf(question);
  const talk = smallTalk(question);
  // "What is it about?" has the words of small talk, and is none while papers are spoken of.
  if (talk !== undefined && (talk !== "chatter" || dependence !== "points-back")) return ranked(question);
  const continued = () => ranked(resolveFollowUp(question, history));
  if (dependence === "points-back") return continued();
  const alone = await ranked(question);
  const { confidence } = search.decide(question, alone.ranked);
  const mayContinue = dependence === "may-continue";
  const begins = mayContinue
    ? confidence === "high" && contentWords(question).includes(" ")
    : confidence !== "none";
  if (begins) return alone;
  const back = await continued();
  const resumes = search.decide(back.standaloneQuestion, back.ranked).held >= RESUMING;
  // "What about hallucinations?" begins anew if the last papers say nothing of them, and another has them in its title.
  const best = alone.ranked[0] === undefined ? "" : search.title(alone.ranked[0].paperId);
  const titled = terms(question).some((term) => terms(best).includes(term));
  return resumes || (mayContinue && !titled) ? back : alone;
}
