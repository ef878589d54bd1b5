import { once } from "node:events";
import type { Assistant } from "../../assistant/port.ts";
import type { Config } from "../../config.ts";
import { AppError } from "../../errors.ts";
import type { RunningServer } from "../../server/server.ts";
import { untilAborted } from "../../util/abort.ts";
import { type CommandContext, pageAddress } from "../context.ts";
import { failureText } from "../failure.ts";
import { graceOf } from "../stop.ts";

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

/** Answers in Slack over Socket Mode, until the process is asked to end. */
export async function slack(context: CommandContext): Promise<void> {
  const { signal, stderr } = context;
  const config = await context.loadConfig();
  requireTokens(config);
  const assistant = await context.createAssistant(config, (error) => stderr.line(failureText(error, false)));
  try {
    await loadIndex(context, assistant);
    signal.throwIfAborted();
    const bot = await context.openSlack(assistant, config);
    try {
      stderr.line(`Footnote ${context.version} answers in Slack`);
      if (!signal.aborted) await once(signal, "abort");
    } finally {
      await bot.close(graceOf(signal));
    }
  } finally {
    await assistant.close();
  }
}

/** Answers a client of the Model Context Protocol that started this process, until it goes. */
export async function mcp(context: CommandContext): Promise<void> {
  const { signal, stderr, stdin, stdout, version } = context;
  const config = await context.loadConfig();
  const assistant = await context.createAssistant(config, (error) => stderr.line(failureText(error, false)));
  try {
    await loadIndex(context, assistant);
    signal.throwIfAborted();
    const { serveStdio } = await import("../../mcp/mcp-stdio.ts");
    const base = pageAddress(config);
    const report = (error: unknown) => stderr.line(failureText(error, false));
    await serveStdio({ assistant, version, base, input: stdin, output: stdout.stream, signal, report });
  } finally {
    await assistant.close();
  }
}

function requireTokens({ slack: tokens }: Config): void {
  const missing = tokens === undefined ? "SLACK_BOT_TOKEN" : "SLACK_APP_TOKEN";
  if (tokens?.appToken !== undefined) return;
  throw new AppError("config", `${missing} is not set: src/slack/README.md says where Slack shows it`, {
    field: missing,
  });
}

/**
 * Indexes what is new, then says what there is.
 * @throws whatever kept the index from loading: a server without one is of no use
 */
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
