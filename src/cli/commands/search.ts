import type { CommandContext } from "../context.ts";
import { questionText } from "../question-text.ts";
import { searchTable } from "../search-table.ts";
import { startAssistant } from "../start-assistant.ts";
import { withAssistant } from "../with-assistant.ts";

/** Prints the papers that fit best, best first. Finding none is not a failure. */
export async function search(
  context: CommandContext,
  given: string,
  options: { readonly limit: number; readonly json: boolean },
): Promise<void> {
  const query = await questionText(context, given);
  await withAssistant(context, async (assistant) => {
    await startAssistant(context, assistant);
    const response = await assistant.search({ query, limit: options.limit, signal: context.signal });
    const { stdout, stderr } = context;
    if (options.json) stdout.json(response);
    else if (response.results.length === 0) stderr.line("footnote: no paper fits");
    else stdout.write(searchTable(response.results, stdout.columns, stdout.colour));
  });
}
