import { decideConfidence } from "../answer/abstain.ts";
import { dependenceOf, resolveFollowUp, type Turn } from "../retrieval/follow-up.ts";
import type { RankedPaper } from "../retrieval/retriever.ts";

/**
 * The question as it reads without the conversation, and its ranking. A question that may continue the topic but is
 * answered for certain by itself has begun a new one, and is not dragged back.
 * @param retrieve ranks the papers for a question
 */
export async function standAlone(
  question: string,
  history: readonly Turn[],
  retrieve: (query: string) => Promise<RankedPaper[]>,
): Promise<{ standaloneQuestion: string; ranked: RankedPaper[] }> {
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
