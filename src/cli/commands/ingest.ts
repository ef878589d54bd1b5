import type { IngestProblem, IngestReport } from "../../assistant/port.ts";
import { countOf } from "../../util/strings.ts";
import type { CommandContext } from "../context.ts";
import { terminalText } from "../output.ts";
import { ingestProgress, withAssistant } from "../with-assistant.ts";

interface IngestOptions {
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
    // The papers came in: what is to be known of them.
    for (const line of problemLines(report.notes)) stderr.line(`note: ${line}`);
    if (options.json) stdout.json(report);
    else stdout.line(ingestSummary(report));
  });
}

/** Problems that are listed one by one; the rest is counted. */
const LISTED_PROBLEMS = 20;

/** One line of counts. */
export function ingestSummary(report: IngestReport): string {
  const changes = (["added", "updated", "removed", "unchanged"] as const).map(
    (kind) => `${report[kind]} ${kind}`,
  );
  const parts = [
    `${countOf(report.papers, "paper")} (${changes.join(", ")})`,
    countOf(report.passages, "passage"),
    `${report.embedded} embedded`,
    ...(report.duplicates > 0 ? [countOf(report.duplicates, "duplicate")] : []),
    ...(report.problems.length > 0 ? [countOf(report.problems.length, "problem")] : []),
    ...(report.notes.length > 0 ? [countOf(report.notes.length, "note")] : []),
  ];
  return `${parts.join(", ")} in ${(report.tookMs / 1000).toFixed(1)} s`;
}

/** `file:line: reason`, a line each, the first 20 of them. */
function problemLines(problems: readonly IngestProblem[]): string[] {
  const lines = problems
    .slice(0, LISTED_PROBLEMS)
    .map(({ file, line, reason }) =>
      terminalText(`${file}${line === undefined ? "" : `:${line}`}: ${reason}`),
    );
  const more = problems.length - lines.length;
  return more > 0 ? [...lines, `and ${more} more`] : lines;
}
