import type { Message } from "../protocol.ts";
import type { Turn } from "../retrieval/follow-up.ts";

/** The earlier questions of a thread (oldest first), each with the papers its answer cited in the order of their notes. */
export function historyOf(thread: readonly Message[]): Turn[] {
  return thread.flatMap(({ answer }) => {
    if (answer === undefined) return [];
    const cited = [...answer.citations].sort((a, b) => a.claim.start - b.claim.start);
    const papers = new Map(cited.map(({ paperId, title }) => [paperId, { title }]));
    return [{ question: answer.standaloneQuestion, papers: [...papers.values()], answer: answer.text }];
  });
}
