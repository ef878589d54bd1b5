/** Whether the process runs, and whether it can answer. */
import { z } from "zod";

export const Health = z.object({ status: z.literal("ok"), version: z.string() });
export type Health = z.infer<typeof Health>;

export const Readiness = z.discriminatedUnion("status", [
  z.object({
    status: z.literal("ready"),
    papers: z.int(),
    passages: z.int(),
    embeddingModel: z.string(),
    answerModel: z.string(),
    components: z.record(z.string(), z.string()),
    /** When the index that answers was made. */
    indexedAt: z.iso.datetime().optional(),
  }),
  z.object({ status: z.literal("indexing"), done: z.int(), total: z.int() }),
]);
export type Readiness = z.infer<typeof Readiness>;
