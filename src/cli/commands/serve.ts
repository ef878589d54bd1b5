import { once } from "node:events";
import type { Assistant } from "../../assistant/port.ts";
import type { Config } from "../../config.ts";
import type { RunningServer } from "../../server/server.ts";
import { untilAborted } from "../../util/until-aborted.ts";
import type { CommandContext } from "../context.ts";
import { failureText } from "../failure.ts";
import { Interrupted } from "../stop.ts";

/** Milliseconds in which answers that stream may finish: a service manager waits for them, Ctrl-C hardly. */
const GRACE_MS = { SIGTERM: 10_000, other: 100 };

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

/** @throws whatever kept the index from loading: a server without one is of no use */
async function loadIndex({ signal, stderr }: CommandContext, assistant: Assistant): Promise<void> {
  try {
    await untilAborted(assistant.start({ follow: true, signal }), signal);
  } catch (error) {
    if (signal.aborted) return;
    throw error;
  }
  const readiness = assistant.readiness();
  if (readiness.status === "ready") {
    const { papers, passages, answerModel } = readiness;
    stderr.line(`Ready: ${papers} papers, ${passages} passages, answers by ${answerModel}`);
  }
}

function graceOf({ reason }: AbortSignal): number {
  return reason instanceof Interrupted && reason.signalName === "SIGTERM" ? GRACE_MS.SIGTERM : GRACE_MS.other;
}
