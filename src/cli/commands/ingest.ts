import type { CommandContext } from "../context.ts";
import { ingestProgress } from "../ingest-progress.ts";
import { ingestSummary, problemLines } from "../ingest-summary.ts";
import { withAssistant } from "../with-assistant.ts";

export interface IngestOptions {
  readonly rebuild: boolean;
  readonly json: boolean;
}

/** Adds or updates the papers in `paths` (none: SEEDS_DIR). Records that cannot be used are told, not fatal. */
export async function ingest(
  context: CommandContext,
  paths: readonly string[],
  options: IngestOptions,
): Promise<void> {
  const { stdout, stderr, signal } = context;
  await withAssistant(context, async (assistant) => {
    const progress = await ingestProgress(stderr);
    const report = await assistant
      .ingest({
        ...(paths.length === 0 ? {} : { paths }),
        rebuild: options.rebuild,
        onProgress: (step) => progress.update(step),
        signal,
      })
      .finally(() => progress.end());
    for (const line of problemLines(report.problems)) stderr.line(line);
    if (options.json) stdout.json(report);
    else stdout.line(ingestSummary(report));
  });
}
