/** What became of one question; a baseline holds these, and every figure of a report is made of them. */
import { z } from "zod";
import { Confidence } from "../protocol.ts";

export const Result = z.object({
  id: z.string(),
  type: z.string(),
  subtype: z.string().optional(),
  /** Of what was asked (`questionDigest`); absent in baselines from before it was kept. */
  digest: z.string().optional(),
  /** Whether a paper of the index answers it. */
  answerable: z.boolean(),
  confidence: Confidence,
  /** Whether the answer is what its type of question asks for (`isRight`). */
  right: z.boolean(),
  /** By name, each in [0, 1]; one that does not apply is absent. */
  figures: z.record(z.string(), z.number()),
  /** Milliseconds from question to last word; not in a baseline. */
  ms: z.number().optional(),
});
export type Result = z.infer<typeof Result>;
