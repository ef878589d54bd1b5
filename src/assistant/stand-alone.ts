import { withoutInstructions } from "../answer/abstain/without-instructions.ts";
import type { Confidence } from "../protocol.ts";
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
  /** How surely `ranked`, found for the query, answer it. */
  confidence(query: string, ranked: readonly RankedPaper[]): Confidence;
}

interface StandAlone {
  readonly standaloneQuestion: string;
  readonly ranked: RankedPaper[];
}

/**
 * The question as it reads without the conversation and without what is said to the machine, and its ranking. A
 * question that may continue the topic but is answered for certain by itself has begun a new one, and is not dragged
 * back; one that seems to stand alone, finds nothing, and is answered for certain by the papers of the last answer
 * ("What was the mission called?") was about them. Where nothing is asked of the papers, the words stay as they are.
 * @param options without `condense` it is the rule that makes it stand alone
 */
export async function standAlone(
  text: string,
  history: readonly Turn[],
  found: Search,
  { condense, signal }: { condense?: Condense | undefined; signal?: AbortSignal | undefined } = {},
): Promise<StandAlone> {
  const ranked = async (query: string): Promise<StandAlone> => ({
    standaloneQuestion: query,
    ranked: await found.retrieve(query),
  });
  const question = withoutInstructions(text);
  if (question === "") return ranked(text);
  const condensed = history.length === 0 ? undefined : await condense?.(question, history, signal);
  if (condensed !== undefined) return ranked(condensed);
  if (history.length === 0) return ranked(question);
  const dependence = dependenceOf(question);
  const resolved = resolveFollowUp(question, history);
  if (dependence === "points-back") return ranked(resolved);
  const alone = await ranked(question);
  const confidence = found.confidence(question, alone.ranked);
  if (confidence === "high" || (dependence === "stands-alone" && confidence !== "none")) return alone;
  const continued = await ranked(resolved);
  const isMeant = dependence === "may-continue" || found.confidence(resolved, continued.ranked) === "high";
  return isMeant ? continued : alone;
}
