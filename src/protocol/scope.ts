/** The papers that a question is put to, where that is not all: part of `protocol.ts`. */
import { z } from "zod";
import { MAX_SCOPE_PAPERS } from "./limits.ts";

export const Scope = z.strictObject({
  paperIds: z.array(z.string().min(1).max(128)).max(MAX_SCOPE_PAPERS).optional(),
  corpus: z.string().max(200).optional(),
  filter: z
    .strictObject({
      tags: z.array(z.string().max(200)).max(100).optional(),
      yearFrom: z.int().optional(),
      yearTo: z.int().optional(),
      venue: z.string().max(200).optional(),
    })
    .optional(),
});
export type Scope = z.infer<typeof Scope>;
