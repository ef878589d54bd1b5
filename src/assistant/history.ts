import type { Answer, Message } from "../protocol.ts";
import type { Turn } from "../question/follow-up.ts";
import { namedPapers } from "../question/named-papers.ts";
import { partRead } from "../question/part-read.ts";
import type { Snapshot } from "./live-index.ts";

/** Papers of a list that a follow-up may be about. */
const SPOKEN_OF = 10;

/** The earlier questions of a thread (oldest first), each with the papers it was about. */
export function historyOf(
  thread: readonly Message[],
  snapshot: Pick<Snapshot, "generation" | "retriever">,
): Turn[] {
  return thread.flatMap(({ answer }) => {
    if (answer === undefined) return [];
    const named = namedIn(answer, snapshot);
    const papers = named.length > 1 ? named : [...citedIn(answer), ...listedIn(answer)];
    const sources = answer.sources.map(({ marker, paper: { title } }) => ({ marker, title }));
    return [{ question: answer.standaloneQuestion, papers, sources, answer: answer.text }];
  });
}

/** In the order of their notes. */
function citedIn({ citations }: Answer): Turn["papers"] {
  const cited = [...citations].sort((a, b) => a.claim.start - b.claim.start);
  return [...new Map(cited.map(({ paperId, title }) => [paperId, { title }])).values()];
}

/** Facts of the record have no notes; a list of everything speaks of nothing. */
function listedIn({ shape, sources }: Answer): Turn["papers"] {
  const isSpokenOf = shape === "catalogue" && sources.length <= SPOKEN_OF;
  return isSpokenOf ? sources.map(({ paper: { title } }) => ({ title })) : [];
}

/** Who names several papers counts by that order, whichever of them the answer quoted. */
function namedIn({ question, sources }: Answer, { generation, retriever }: Parameters<typeof historyOf>[1]) {
  const { catalog } = generation;
  const found = sources.flatMap(({ paper }) => catalog.get(paper.id) ?? []);
  const rarity = { corpusSize: catalog.size, idf: (term: string) => retriever.idf(term) };
  const { papers } = namedPapers(partRead(question), found, (paper) => paper, rarity);
  return papers.map(({ title }) => ({ title }));
}
