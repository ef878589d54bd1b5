import type { Readiness } from "../protocol.ts";
import type { Snapshot } from "./live-index.ts";
import type { IngestProgress } from "./port.ts";

interface State {
  readonly progress: IngestProgress | undefined;
  readonly answerModel: string;
  /** How far the reader is (live-readings.ts), "none" without one. */
  readonly reader: string;
}

/** Whether there is an index to answer from, and what it is. */
export function readinessOf(
  snapshot: Snapshot | undefined,
  { progress, answerModel, reader }: State,
): Readiness {
  if (snapshot === undefined)
    return { status: "indexing", done: progress?.done ?? 0, total: progress?.total ?? 0 };
  const { papers, passages, embedding, createdAt } = snapshot.generation.manifest;
  return {
    status: "ready",
    papers,
    passages,
    embeddingModel: embedding.model,
    answerModel,
    indexedAt: createdAt,
    components: { index: "ok", conversations: "ok", answerer: "ok", reader },
  };
}
