import { withoutInstructions } from "../answer/abstain/without-instructions.ts";
import { dependenceOf, resolveFollowUp, type Turn } from "../retrieval/follow-up.ts";
import type { RankedPaper } from "../retrieval/retriever.ts";

/** The question made to stand alone by a language model; undefined when it could not, and the rule has to. */
export type Condense = (
  question: string,
  history: readonly Turn[],
  signal: AbortSignal | undefined,
) => Promise<string | undefined>;

/** The papers of an index, as a question meets them. */
export interface Search {
  retrieve(query: string): Promise<RankedPaper[]>;
  /** Whether `ranked`, found for it, answers the query for certain. */
  isCertain(query: string, ranked: readonly RankedPaper[]): boolean;
}

/**
 * The question as it reads without the conversation and without what is said to the machine, and its ranking. A
 * question that may continue the topic but is answered for certain by itself has begun a new one, and is not dragged
 * back. Where nothing is asked of the papers, the words stay as they are.
 * @param options without `condense` it is the rule that makes it stand alone
 */
export async function standAlone(
  text: string,
  history: readonly Turn[],
  { retrieve, isCertain }: Search,
  { condense, signal }: { condense?: Condense | undefined; signal?: AbortSignal | undefined } = {},
): Promise<{ standaloneQuestion: string; ranked: RankedPaper[] }> {
  const question = withoutInstructions(text);
  if (question === "") return { standaloneQuestion: text, ranked: await retrieve(text) };
  const condensed = history.length === 0 ? undefined : await condense?.(question, history, signal);
  if (condensed !== undefined) {
    return { standaloneQuestion: condensed, ranked: await retrieve(condensed) };
  }
  const dependence = history.length === 0 ? "stands-alone" : dependenceOf(question);
  if (dependence !== "points-back") {
    const ranked = await retrieve(question);
    if (dependence === "stands-alone" || isCertain(question, ranked)) {
      return { standaloneQuestion: question, ranked };
    }
  }
  const standaloneQuestion = resolveFollowUp(question, history);
  return { standaloneQuestion, ranked: await retrieve(standaloneQuestion) };
}
