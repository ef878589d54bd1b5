import { AppError } from "../errors.ts";
import type { Paper } from "../protocol.ts";
import { Question } from "../question/question.ts";
import { findByName } from "./find-by-name.ts";
import type { Snapshot } from "./live-index.ts";

/** Fused score below which the nearest paper is not the one that was named. A title of three words in one of ten has 1. */
const NAMED = 0.9;
/** Papers named in the error. */
const SUGGESTED = 3;

/**
 * The paper with this id or alias, or this title, or the one whose title it most likely means.
 * @throws AppError not_found naming the nearest titles
 */
export async function findPaper(
  titleOrId: string,
  { generation, retriever }: Snapshot,
  signal?: AbortSignal,
): Promise<Paper> {
  const exact = generation.catalog.get(titleOrId) ?? findByName(generation.catalog.all(), titleOrId)[0];
  if (exact !== undefined && titleOrId.trim() !== "") return exact;
  const ranked = await retriever.retrieve({ question: new Question(titleOrId), limit: SUGGESTED, signal });
  const papers = ranked.flatMap(({ paperId }) => generation.catalog.get(paperId) ?? []);
  const [best] = papers;
  if (best !== undefined && (ranked[0]?.score ?? 0) >= NAMED) return best;
  const titles = papers.map(({ title }) => `“${title}”`).join(", ");
  throw new AppError("not_found", `No paper has the id or title “${titleOrId}”. The nearest are ${titles}.`);
}
