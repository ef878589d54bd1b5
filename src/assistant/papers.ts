/** The papers of the live index as the edges see them. */
import { formatReference } from "../answer/references.ts";
import { AppError } from "../errors.ts";
import type { Paper } from "../protocol.ts";
import { topIndices } from "../util/top-indices.ts";
import { findByName } from "./find-by-name.ts";
import type { Snapshot } from "./live-index.ts";
import { decodeOffset, encodeOffset } from "./offset-cursor.ts";
import type { Papers } from "./port.ts";

/** Papers shown as related. */
const RELATED = 5;

/** @param snapshot throws AppError (indexing) while there is none */
export function papersOf(snapshot: () => Snapshot): Papers {
  const find = (id: string): Paper => {
    const paper = snapshot().generation.catalog.get(id);
    if (paper === undefined) throw new AppError("not_found", `There is no paper with the id "${id}".`);
    return paper;
  };
  return {
    list: ({ query, limit, cursor }) => {
      const papers = findByName(snapshot().generation.catalog.all(), query ?? "");
      const from = decodeOffset(cursor);
      const nextCursor = encodeOffset(from + limit, papers.length);
      return { papers: papers.slice(from, from + limit), total: papers.length, ...nextCursor };
    },
    get: (id) => {
      const paper = find(id);
      return { paper, related: related(snapshot(), paper) };
    },
    citation: async (id, format) => formatReference([find(id)], format),
  };
}

/** The papers whose vectors lie nearest, best first. */
function related({ generation }: Snapshot, paper: Paper): { paper: Paper; score: number }[] {
  const { catalog, vectors } = generation;
  const own = vectors.items.findIndex((item) => item.kind === "paper" && item.paperId === paper.id);
  if (own < 0) return [];
  const scores = vectors.scores(vectors.vector(own));
  for (const [at, item] of vectors.items.entries()) {
    if (item.kind !== "paper" || at === own) scores[at] = Number.NEGATIVE_INFINITY;
  }
  return topIndices(scores, RELATED).flatMap((at) => {
    const found = catalog.get(vectors.items[at]?.paperId ?? "");
    const score = scores[at] ?? Number.NEGATIVE_INFINITY;
    return found === undefined || score === Number.NEGATIVE_INFINITY ? [] : [{ paper: found, score }];
  });
}
