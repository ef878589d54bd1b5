import { MAX_FIND_LENGTH } from "../../protocol/limits.ts";
import { FOUND, FOUND_NOWHERE } from "../../protocol/wording.ts";
import type { FindResponse } from "../../protocol.ts";
import { oneLine } from "../../util/strings.ts";
import type { CommandContext } from "../context.ts";
import { paint } from "../paint.ts";
import { questionText } from "../question-text.ts";
import { startAssistant } from "../start-assistant.ts";
import { terminalText } from "../terminal-text.ts";
import { withAssistant } from "../with-assistant.ts";

/** Prints the papers that say a sentence, or come nearest to it. Finding none is not a failure. */
export async function find(
  context: CommandContext,
  given: string,
  options: { readonly limit: number; readonly json: boolean },
): Promise<void> {
  const text = await questionText(context, given, { what: "sentence", most: MAX_FIND_LENGTH });
  await withAssistant(context, async (assistant) => {
    await startAssistant(context, assistant);
    const found = await assistant.find({ text, limit: options.limit, signal: context.signal });
    const { stdout } = context;
    if (options.json) stdout.json(found);
    else stdout.write(matchList(found, stdout.colour));
  });
}

/** Two lines a paper: how near it comes, and its title; below, the sentence. */
function matchList({ grade, matches }: FindResponse, colour: boolean): string {
  const style = paint(colour);
  const lines = matches.flatMap((match) => [
    `${style.marker(FOUND[match.grade])}: ${style.bold(oneLine(terminalText(match.paper.title)))}`,
    `  “${oneLine(terminalText(match.sentence.text))}”`,
  ]);
  return [...(grade === "nowhere" ? [FOUND_NOWHERE] : []), ...lines].map((line) => `${line}\n`).join("");
}
