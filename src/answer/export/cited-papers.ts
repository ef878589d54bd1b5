import type { Citation, Message, Paper } from "../../protocol.ts";

/**
 * Adds the papers that the answers cite, or name from the records, to `papers`, each once by its id, in the order of their
 * first mention. A paper that has left the corpus is told by what the answer kept of it.
 */
export function addCitedPapers(
  papers: Map<string, Paper>,
  messages: readonly Message[],
  paperById: (id: string) => Paper | undefined,
): void {
  for (const { answer } of messages) {
    const named = answer?.shape === "catalogue" ? answer.sources.map((source) => source.paper) : [];
    const kept = [
      ...(answer?.citations ?? []).map(paperOf),
      ...named.map((paper) => ({ ...paper, abstract: "" })),
    ];
    for (const one of kept) {
      // The id may be an alias that the corpus has learned since: the paper's own id tells them apart.
      const paper = paperById(one.id) ?? one;
      if (!papers.has(paper.id)) papers.set(paper.id, paper);
    }
  }
}

function paperOf({ paperId, paperRevision, title, url }: Citation): Paper {
  return {
    id: paperId,
    title,
    abstract: "",
    source: "citation",
    revision: paperRevision,
    ...(url === undefined ? {} : { url }),
  };
}
