import { once } from "node:events";
import type { Config } from "../../config.ts";
import { AppError } from "../../errors.ts";
import type { CommandContext } from "../context.ts";
import { failureText } from "../failure.ts";
import { graceOf } from "../grace.ts";
import { loadIndex } from "../load-index.ts";

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

function requireTokens({ slack: tokens }: Config): void {
  const missing = tokens === undefined ? "SLACK_BOT_TOKEN" : "SLACK_APP_TOKEN";
  if (tokens?.appToken !== undefined) return;
  throw new AppError("config", `${missing} is not set: src/slack/README.md says where Slack shows it`, {
    field: missing,
  });
}
