import { randomId } from "../../util/random-id.ts";
import type { CommandContext } from "../context.ts";
import { LOCAL_OWNER } from "../local-owner.ts";
import { printAnswer } from "../print-answer.ts";
import { questionText } from "../question-text.ts";
import { startAssistant } from "../start-assistant.ts";
import { withAssistant } from "../with-assistant.ts";

/** Streams the answer to the question ("-": standard input), then its numbered notes. */
export async function ask(
  context: CommandContext,
  given: string,
  options: { readonly json: boolean },
): Promise<void> {
  const question = await questionText(context, given);
  await withAssistant(context, async (assistant) => {
    await startAssistant(context, assistant);
    const request = { question, owner: LOCAL_OWNER, messageId: randomId(), signal: context.signal };
    await printAnswer(context, assistant.ask(request), options.json);
  });
}
