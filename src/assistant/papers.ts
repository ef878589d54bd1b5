/** The papers of the live index as the edges see them. */
import { formatReference } from "../answer/references.ts";
import { AppError } from "../errors.ts";
import type { Paper } from "../protocol.ts";
import { findByName } from "./find-by-name.ts";
import type { Snapshot } from "./live-index.ts";
import { decodeOffset, encodeOffset } from "./offset-cursor.ts";
import type { Papers } from "./port.ts";
import { relatedPapers } from "./related-papers.ts";

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
      return { paper, related: relatedPapers(snapshot(), paper) };
    },
    citation: async (id, format) => formatReference([find(id)], format),
  };
}
