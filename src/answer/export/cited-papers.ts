import type { Citation, Message, Paper } from "../../protocol.ts";

/**
 * Adds the papers that the answers cite to `papers`, each once by its id, in the order of their first citation. A paper
 * that has left the corpus is told by what its citation kept: title and address.
 */
export function addCitedPapers(
  papers: Map<string, Paper>,
  messages: readonly Message[],
  paperById: (id: string) => Paper | undefined,
): void {
  for (const citation of messages.flatMap((message) => message.answer?.citations ?? [])) {
    // The id may be an alias that the corpus has learned since: the paper's own id tells them apart.
    const paper = paperById(citation.paperId) ?? paperOf(citation);
    if (!papers.has(paper.id)) papers.set(paper.id, paper);
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
