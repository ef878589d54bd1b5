import { type Decision, decide } from "../answer/abstain/abstain.ts";
import { excerptOf } from "../corpus/excerpt.ts";
import type { PaperBody } from "../corpus/paper.ts";
import type { Paper, Scope } from "../protocol.ts";
import type { Question } from "../question/question.ts";
import type { RankedPaper, ReadPassage } from "../retrieval/retriever.ts";
import type { Snapshot } from "./index/live-index.ts";

export interface Context {
  /** As asked. */
  readonly question: Question;
  /** Of the asker's own choice. */
  readonly scope?: Scope | undefined;
  readonly inConversation: boolean;
  /** Who answers reads bodies also where the abstracts answer, as a language model does. */
  readonly wantsBodies?: boolean | undefined;
}

/** A paper as it is read for one question, and the reader's logits of its sentences. */
export interface PaperRead {
  readonly paper: Paper;
  readonly sentences: Float32Array | undefined;
}

export interface Verdict extends Decision {
  /** By id, those that are read with passages of their bodies; all others are read as the catalog has them. */
  readonly excerpts?: ReadonlyMap<string, PaperRead>;
}

/**
 * Whether the papers of an index answer a question. The abstracts lead: where they answer, bodies are left alone, unless
 * who answers wants them.
 * @param query the question as it stands alone, ranked for
 */
export function decideOn(
  { question, scope, inConversation, wantsBodies = false }: Context,
  query: Question,
  ranked: readonly RankedPaper[],
  { generation, retriever }: Snapshot,
): Verdict {
  const { catalog } = generation;
  const request = {
    question: query,
    orders: question.orderless !== question,
    inConversation,
    onePaper: scope?.paperIds?.length === 1,
    corpusSize: catalog.size,
    idf: (term: string) => retriever.idf(term),
  };
  const found = ranked.flatMap((one) => {
    const paper = catalog.get(one.paperId);
    return paper === undefined ? [] : [{ ranked: one, paper }];
  });
  const byAbstracts = decide({ ...request, found });
  const excerpts = new Map(
    found.flatMap(({ ranked: { body, sentences }, paper }) => {
      const text = body && catalog.body(paper.id);
      return text ? [[paper.id, readWith(paper, sentences, text, body)] as const] : [];
    }),
  );
  if (excerpts.size === 0 || (byAbstracts.confidence === "high" && !wantsBodies)) return byAbstracts;
  if (byAbstracts.confidence === "high") return { ...byAbstracts, excerpts };
  const read = found.map((one) => {
    const { paper, sentences } = excerpts.get(one.paper.id) ?? {
      paper: one.paper,
      sentences: one.ranked.sentences,
    };
    return { paper, ranked: { ...one.ranked, sentences } };
  });
  return { ...decide({ ...request, found: read }), excerpts };
}

function readWith(
  paper: Paper,
  ofAbstract: Float32Array | undefined,
  body: PaperBody,
  passages: readonly ReadPassage[],
): PaperRead {
  const logits = [ofAbstract, ...passages.map(({ sentences }) => sentences)];
  const sentences = logits.some((each) => each === undefined)
    ? undefined
    : Float32Array.from(logits.flatMap((each) => [...(each ?? [])]));
  return { paper: excerptOf(paper, body, passages), sentences };
}
