import { type Decision, decide } from "../answer/abstain/abstain.ts";
import type { Scope } from "../protocol.ts";
import type { Question } from "../question/question.ts";
import type { RankedPaper } from "../retrieval/retriever.ts";
import type { Snapshot } from "./index/live-index.ts";

export interface Context {
  /** As asked. */
  readonly question: Question;
  /** Of the asker's own choice. */
  readonly scope?: Scope | undefined;
  readonly inConversation: boolean;
}

/** Whether the papers of an index answer a question. @param query the question as it stands alone, ranked for */
export function decideOn(
  { question, scope, inConversation }: Context,
  query: Question,
  ranked: readonly RankedPaper[],
  { generation, retriever }: Snapshot,
): Decision {
  return decide({
    question: query,
    orders: question.orderless !== question,
    inConversation,
    onePaper: scope?.paperIds?.length === 1,
    found: ranked.flatMap((one) => {
      const paper = generation.catalog.get(one.paperId);
      return paper === undefined ? [] : [{ ranked: one, paper }];
    }),
    corpusSize: generation.catalog.size,
    idf: (term) => retriever.idf(term),
  });
}
