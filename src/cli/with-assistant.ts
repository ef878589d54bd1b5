import type { Assistant } from "../assistant/port.ts";
import type { CommandContext } from "./context.ts";
import { failureText } from "./failure.ts";

/** Runs `work` with an assistant, and closes it however the work ends. What fails beside it is told, a line each. */
export async function withAssistant(
  context: CommandContext,
  work: (assistant: Assistant) => Promise<void>,
): Promise<void> {
  const config = await context.loadConfig();
  const assistant = await context.createAssistant(config, (error) =>
    context.stderr.line(failureText(error, false)),
  );
  try {
    await work(assistant);
  } finally {
    await assistant.close();
  }
}
