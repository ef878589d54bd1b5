import { placeInBody } from "../../corpus/excerpt.ts";
import { type PaperBody, textOf } from "../../corpus/paper.ts";
import type { Paper, Passage, SearchResponse } from "../../protocol.ts";
import { Question } from "../../question/question.ts";
import { partRead } from "../../question/reading/message.ts";
import type { Snapshot } from "../index/live-index.ts";
import type { SearchRequest } from "../port.ts";

/** Ranked papers, best first, one row a paper. @throws AppError not_found for an unknown id in the scope */
export async function search(
  { query, limit, scope, signal }: SearchRequest,
  { generation, retriever }: Snapshot,
): Promise<SearchResponse> {
  const began = performance.now();
  const ranked = await retriever.retrieve({ question: new Question(partRead(query)), limit, scope, signal });
  const results = ranked.flatMap(({ paperId, score, why, passages }) => {
    const paper = generation.catalog.get(paperId);
    return paper === undefined
      ? []
      : [
          {
            paper,
            score,
            why,
            passages: passages.map((span) => quote(paper, span, generation.catalog.body(paper.id))),
          },
        ];
  });
  return { results, tookMs: Math.round((performance.now() - began) * 100) / 100 };
}

/** A span of a paper with its text, as the contract sends passages. */
export function quote(
  paper: Pick<Paper, "title" | "abstract">,
  { field, start, end }: Pick<Passage, "field" | "start" | "end">,
  body?: PaperBody,
): Passage {
  const place = field === "body" && body !== undefined ? placeInBody(body, start) : {};
  return { field, text: textOf(paper, field, body).slice(start, end), start, end, ...place };
}
