/** Part of `protocol.ts`: papers that are added while the server runs. */
import { z } from "zod";
import { MAX_PASTED_LENGTH } from "./limits.ts";

const count = z.int().min(0);

/** What an addition makes of the corpus; before it is started, what it would make. */
export const AdditionReport = z.object({
  added: count,
  updated: count,
  removed: count,
  unchanged: count,
  /** Papers of its files that were there already, as the files have them; absent from earlier reports. */
  known: count.optional(),
  /** Records that named a paper another record had named already. */
  duplicates: count,
  /** Records and files that could not be used; `problems` holds the first of them. */
  problemCount: count,
  problems: z.array(z.object({ file: z.string(), line: z.int().optional(), reason: z.string() })),
  /** What was left out of papers that came in, converted, or merged: the first of it. */
  notes: z.array(z.object({ file: z.string(), line: z.int().optional(), reason: z.string() })).optional(),
  /** The first of the papers that are new or changed. */
  papers: z.array(z.object({ id: z.string(), title: z.string(), change: z.enum(["added", "updated"]) })),
});
export type AdditionReport = z.infer<typeof AdditionReport>;

/**
 * `open`: files may be sent; `reading`: its preview is being made; `previewed`; `ingesting`; `done`; `failed`, and may be
 * started again; `cancelled`; `undone`.
 */
export const AdditionState = z.enum([
  "open",
  "reading",
  "previewed",
  "ingesting",
  "done",
  "failed",
  "cancelled",
  "undone",
]);
export type AdditionState = z.infer<typeof AdditionState>;

export const Addition = z.object({
  id: z.string(),
  createdAt: z.iso.datetime(),
  state: AdditionState,
  files: z.array(z.object({ name: z.string(), bytes: count })),
  /** While it is read or ingested. */
  progress: z
    .object({
      stage: z.enum(["reading", "embedding", "writing"]),
      done: count,
      total: count,
      /** Milliseconds that are left of the stage, once that can be told. */
      leftMs: count.optional(),
    })
    .optional(),
  preview: AdditionReport.optional(),
  report: AdditionReport.optional(),
  /** Why it failed. */
  error: z.string().optional(),
  /** It is the last one, and what it changed can be taken back. */
  canUndo: z.boolean(),
});
export type Addition = z.infer<typeof Addition>;

export const AdditionsResponse = z.object({ additions: z.array(Addition) });
export type AdditionsResponse = z.infer<typeof AdditionsResponse>;

export const AdditionBody = z.strictObject({
  /** Pasted text in any format that a file may have: BibTeX, RIS, a table, ids. */
  text: z.string().min(1).max(MAX_PASTED_LENGTH).optional(),
});
export type AdditionBody = z.infer<typeof AdditionBody>;
