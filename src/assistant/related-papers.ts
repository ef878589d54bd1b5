import type { Paper } from "../protocol.ts";
import { topIndices } from "../util/vectors.ts";
import type { Snapshot } from "./live-index.ts";

/** Papers shown as related. */
const RELATED = 5;

/** The papers whose vectors lie nearest, best first. */
export function relatedPapers(
  { generation }: Pick<Snapshot, "generation">,
  paper: Paper,
  most = RELATED,
): { paper: Paper; score: number }[] {
  const { catalog, vectors } = generation;
  const own = vectors.items.findIndex((item) => item.kind === "paper" && item.paperId === paper.id);
  if (own < 0) return [];
  const scores = vectors.scores(vectors.vector(own));
  for (const [at, item] of vectors.items.entries()) {
    if (item.kind !== "paper" || at === own) scores[at] = Number.NEGATIVE_INFINITY;
  }
  return topIndices(scores, most).flatMap((at) => {
    const found = catalog.get(vectors.items[at]?.paperId ?? "");
    const score = scores[at] ?? Number.NEGATIVE_INFINITY;
    return found === undefined || score === Number.NEGATIVE_INFINITY ? [] : [{ paper: found, score }];
  });
}
