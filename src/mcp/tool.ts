/** What all tools share: what they work with, and how their results and faults are told. */
import { z } from "zod";
import type { Assistant } from "../assistant/port.ts";
import type { Caller } from "../edge/caller.ts";
import { AppError, toProblem } from "../errors.ts";

export interface McpOptions {
  readonly assistant: Assistant;
  readonly caller: Caller;
  readonly version: string;
  /** Where people reach this server: "https://papers.example.org". */
  readonly base: string;
  /** Called with faults of ours, of which a client hears only that there was one. */
  readonly report: (error: unknown) => void;
}

export const Id = z.string().min(1).max(200).describe("A paper's id, DOI or arXiv id");
export const READS = { readOnlyHint: true, openWorldHint: false } as const;

export type Structured = Record<string, unknown>;

/** A tool's fault is its result, so that the model reads it; a fault of ours says no more than a client may see. */
export async function result(
  report: McpOptions["report"],
  work: () => Promise<{ text: string; structured?: Structured }>,
) {
  try {
    const { text, structured } = await work();
    const content = [{ type: "text" as const, text }];
    return structured === undefined ? { content } : { content, structuredContent: structured };
  } catch (error) {
    const known = error instanceof AppError ? error : new AppError("internal", "failed", { cause: error });
    if (known.code === "internal" || known.code === "config" || known.code === "model_error") report(error);
    return { isError: true, content: [{ type: "text" as const, text: toProblem(known).error.message }] };
  }
}
