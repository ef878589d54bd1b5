import { decideConfidence } from "../answer/abstain.ts";
import { dependenceOf, resolveFollowUp, type Turn } from "../retrieval/follow-up.ts";
import type { RankedPaper } from "../retrieval/retriever.ts";

/** The question made to stand alone by a language model; undefined when it could not, and the rule has to. */
export type Condense = (
  question: string,
  history: readonly Turn[],
  signal: AbortSignal | undefined,
) => Promise<string | undefined>;

/**
 * The question as it reads without the conversation, and its ranking. A question that may continue the topic but is
 * answered for certain by itself has begun a new one, and is not dragged back.
 * @param retrieve ranks the papers for a question
 * @param options without `condense` it is the rule that makes it stand alone
 */
export async function standAlone(
  question: string,
  history: readonly Turn[],
  retrieve: (query: string) => Promise<RankedPaper[]>,
  { condense, signal }: { condense?: Condense | undefined; signal?: AbortSignal | undefined } = {},
): Promise<{ standaloneQuestion: string; ranked: RankedPaper[] }> {
  const condensed = history.length === 0 ? undefined : await condense?.(question, history, signal);
  if (condensed !== undefined) {
    return { standaloneQuestion: condensed, ranked: await retrieve(condensed) };
  }
  const dependence = history.length === 0 ? "stands-alone" : dependenceOf(question);
  if (dependence !== "points-back") {
    const ranked = await retrieve(question);
    if (dependence === "stands-alone" || decideConfidence(ranked) === "high") {
      return { standaloneQuestion: question, ranked };
    }
  }
  const standaloneQuestion = resolveFollowUp(question, history);
  return { standaloneQuestion, ranked: await retrieve(standaloneQuestion) };
}
