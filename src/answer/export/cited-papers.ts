import type { Citation, Message, Paper } from "../../protocol.ts";

/**
 * The papers that the answers cite, each once, in the order of their first citation. A paper that has left the
 * corpus is told by what its citation kept: title and address.
 */
export function citedPapers(
  messages: readonly Message[],
  paperById: (id: string) => Paper | undefined,
): Paper[] {
  const papers = new Map<string, Paper>();
  for (const citation of messages.flatMap((message) => message.answer?.citations ?? [])) {
    // The id may be an alias that the corpus has learned since: the paper's own id tells them apart.
    const paper = paperById(citation.paperId) ?? paperOf(citation);
    if (!papers.has(paper.id)) papers.set(paper.id, paper);
  }
  return [...papers.values()];
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
