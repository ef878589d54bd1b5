import type { Assistant } from "../assistant/port.ts";
import type { CommandContext } from "./context.ts";

/** Runs `work` with an assistant, and closes it however the work ends. */
export async function withAssistant(
  context: CommandContext,
  work: (assistant: Assistant) => Promise<void>,
): Promise<void> {
  const config = await context.loadConfig();
  const assistant = await context.createAssistant(config);
  try {
    await work(assistant);
  } finally {
    await assistant.close();
  }
}
