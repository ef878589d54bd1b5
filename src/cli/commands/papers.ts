import type { Paper } from "../../protocol.ts";
import type { CommandContext } from "../context.ts";
import { terminalText } from "../output.ts";
import { startAssistant, withAssistant } from "../with-assistant.ts";
import { ingestSummary } from "./ingest.ts";

interface JsonOption {
  readonly json: boolean;
}

/** Papers that the index is asked for at once. */
const PAGE = 100;

/** One line a paper: its id and title. With a query those whose title or authors hold its words. */
export async function listPapers(
  context: CommandContext,
  query: string | undefined,
  { json }: JsonOption,
): Promise<void> {
  await withAssistant(context, async (assistant) => {
    await startAssistant(context, assistant);
    const papers: Paper[] = [];
    let cursor: string | undefined;
    do {
      const page = assistant.papers.list({ query, limit: PAGE, ...(cursor === undefined ? {} : { cursor }) });
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
    const { paper } = assistant.papers.get(id);
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
    const known = ids.map((id) => assistant.papers.get(id).paper.id);
    const report = await assistant.removePapers(known, context.signal);
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
    ["flags", flags?.join(", ")],
    ["source", source],
  ];
  const known = rows.filter(([, value]) => value !== undefined && value !== "");
  const head = known.map(([name, value]) => `${name.padEnd(9)}${terminalText(String(value))}\n`).join("");
  return `${terminalText(title)}\n\n${head}\n${terminalText(abstract)}\n`;
}
