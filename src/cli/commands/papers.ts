import type { IngestProblem, IngestReport } from "../../assistant/port.ts";
import type { Paper } from "../../protocol.ts";
import { countOf } from "../../util/strings.ts";
import type { CommandContext } from "../context.ts";
import { terminalText } from "../output.ts";
import { ingestProgress, startAssistant, withAssistant } from "../with-assistant.ts";

interface JsonOption {
  readonly json: boolean;
}

/** Papers that the index is asked for at once. */
const PAGE = 100;

/** One line a paper: its id and title. With a query those whose title or authors hold its words. */
export async function listPapers(
  context: CommandContext,
  query: string | undefined,
  { corpus, json }: JsonOption & { readonly corpus?: string },
): Promise<void> {
  await withAssistant(context, async (assistant) => {
    await startAssistant(context, assistant);
    const papers: Paper[] = [];
    let cursor: string | undefined;
    do {
      const page = await assistant.papers.list({
        query,
        corpus,
        limit: PAGE,
        ...(cursor === undefined ? {} : { cursor }),
      });
      papers.push(...page.papers);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    if (json) context.stdout.json({ papers });
    else for (const { id, title } of papers) context.stdout.line(`${id}  ${terminalText(title)}`);
  });
}

/** All that is known of a paper, by id, DOI or arXiv id. */
export async function showPaper(context: CommandContext, id: string, { json }: JsonOption): Promise<void> {
  await withAssistant(context, async (assistant) => {
    await startAssistant(context, assistant);
    const { paper } = await assistant.papers.get(id);
    if (json) context.stdout.json(paper);
    else context.stdout.write(asText(paper));
  });
}

/** Removes papers for good: a file of SEEDS_DIR that still holds them does not bring them back. */
export async function removePapers(
  context: CommandContext,
  ids: readonly string[],
  { json }: JsonOption,
): Promise<void> {
  await withAssistant(context, async (assistant) => {
    await startAssistant(context, assistant);
    const known: string[] = [];
    for (const id of ids) known.push((await assistant.papers.get(id)).paper.id);
    const report = await assistant.removePapers(known, context.signal);
    if (json) context.stdout.json(report);
    else context.stdout.line(ingestSummary(report));
  });
}

/** Gives papers a tag, or takes it away. */
export async function tagPapers(
  context: CommandContext,
  tag: string,
  ids: readonly string[],
  { remove, json }: JsonOption & { readonly remove: boolean },
): Promise<void> {
  await withAssistant(context, async (assistant) => {
    await startAssistant(context, assistant);
    const known: string[] = [];
    for (const id of ids) known.push((await assistant.papers.get(id)).paper.id);
    const report = await assistant.tagPapers(known, { [remove ? "remove" : "add"]: [tag] }, context.signal);
    if (json) context.stdout.json(report);
    else context.stdout.line(ingestSummary(report));
  });
}

function asText({
  id,
  title,
  authors = [],
  year,
  venue,
  doi,
  arxivId,
  url,
  tags,
  corpora,
  flags,
  source,
  abstract,
}: Paper): string {
  const rows: readonly (readonly [string, string | number | undefined])[] = [
    ["id", id],
    ["authors", authors.join("; ")],
    ["year", year],
    ["venue", venue],
    ["doi", doi],
    ["arXiv", arxivId],
    ["url", url],
    ["tags", tags?.join(", ")],
    ["corpora", corpora?.join(", ")],
    ["flags", flags?.join(", ")],
    ["source", source],
  ];
  const known = rows.filter(([, value]) => value !== undefined && value !== "");
  const head = known.map(([name, value]) => `${name.padEnd(9)}${terminalText(String(value))}\n`).join("");
  return `${terminalText(title)}\n\n${head}\n${terminalText(abstract)}\n`;
}

interface IngestOptions {
  readonly corpus?: string;
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
        corpus: options.corpus,
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
function ingestSummary(report: IngestReport): string {
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
