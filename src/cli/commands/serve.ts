import { once } from "node:events";
import type { Assistant } from "../../assistant/port.ts";
import type { Config } from "../../config.ts";
import type { RunningServer } from "../../server/server.ts";
import type { CommandContext } from "../context.ts";
import { failureText } from "../failure.ts";
import { graceOf } from "../grace.ts";
import { loadIndex } from "../load-index.ts";

export type StartServer = (
  assistant: Assistant,
  config: Config,
) => Promise<Pick<RunningServer, "url" | "close">>;

/** Listens, then indexes what is new, then answers, until the process is asked to end. */
export async function serve(context: CommandContext, startServer: StartServer): Promise<void> {
  const { signal, stderr } = context;
  const config = await context.loadConfig();
  const assistant = await context.createAssistant(config, (error) => stderr.line(failureText(error, false)));
  try {
    const server = await startServer(assistant, config);
    try {
      stderr.line(`Footnote ${context.version} listens on ${server.url}`);
      await loadIndex(context, assistant);
      if (!signal.aborted) await once(signal, "abort");
    } finally {
      await server.close(graceOf(signal));
    }
  } finally {
    await assistant.close();
  }
}
