import type { IngestProblem, IngestReport } from "../assistant/port.ts";
import { countOf } from "../util/strings.ts";
import { terminalText } from "./terminal-text.ts";

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
  ];
  return `${parts.join(", ")} in ${(report.tookMs / 1000).toFixed(1)} s`;
}

/** `file:line: reason`, a line each, the first 20 of them. */
export function problemLines(problems: readonly IngestProblem[]): string[] {
  const lines = problems
    .slice(0, LISTED_PROBLEMS)
    .map(({ file, line, reason }) =>
      terminalText(`${file}${line === undefined ? "" : `:${line}`}: ${reason}`),
    );
  const more = problems.length - lines.length;
  return more > 0 ? [...lines, `and ${more} more`] : lines;
}
