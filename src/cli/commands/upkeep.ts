import { createServer } from "node:http";
import type { BackupReport } from "../../assistant/backup/backup.ts";
import { type Finding, guarded } from "../../assistant/doctor/finding.ts";
import type { Config } from "../../config.ts";
import { AppError } from "../../errors.ts";
import { Health } from "../../protocol.ts";
import { checkExposure as check, listen } from "../../server/listen.ts";
import { untilAborted } from "../../util/abort.ts";
import { countOf } from "../../util/strings.ts";
import type { CommandContext } from "../context.ts";
import { paint, terminalText } from "../output.ts";

/**
 * Says what is configured and what would fail, a line each, with the fix.
 * @throws AppError when there is a problem, after it has told all of them
 */
export async function doctor(context: CommandContext, options: { readonly json: boolean }): Promise<void> {
  const { stdout, signal } = context;
  const findings = await untilAborted(examineAll(context), signal);
  const problems = findings.filter(({ state }) => state === "problem").length;
  if (options.json) stdout.json({ ok: problems === 0, findings });
  else for (const finding of findings) stdout.line(findingLine(finding, stdout.colour));
  if (problems > 0) throw new AppError("internal", `${countOf(problems, "problem")} found`);
}

/** A variable that is wrong is a problem like another: the rest is looked at with its default. */
async function examineAll(context: CommandContext): Promise<readonly Finding[]> {
  return guarded("config", async () => {
    const { config, faults } = await context.surveyConfig();
    return [
      ...faults.map((message): Finding => ({ check: "config", state: "problem", message })),
      ...config.warnings.map((message): Finding => ({ check: "config", state: "warning", message })),
      ...(await context.examine(config)),
      ...(await guarded("access", () => checkExposure(config.server))),
      ...(await guarded("slack", () => checkSlack(config))),
      ...(await guarded("port", () => checkPort(config.server))),
    ];
  });
}

/** Columns that the state takes, so that the messages stand under each other. */
const STATE_COLUMNS = 9;

/** `ok       Node 20.20.2` */
function findingLine({ state, message }: Finding, colour: boolean): string {
  const padded = state.padEnd(STATE_COLUMNS);
  const { bold, dim } = paint(colour);
  return `${state === "ok" ? dim(padded) : bold(padded)}${terminalText(message).replace(/\s*\n\s*/g, " ")}`;
}

/** Who may ask, and from where. @throws AppError when `serve` would refuse to listen */
function checkExposure(server: Config["server"]): Finding {
  check(server);
  const { host, apiKeys, openToAll } = server;
  if (openToAll) {
    const message = `AUTH=none: anyone who reaches HOST=${host} asks, and reads every conversation: set API_KEYS unless that is meant`;
    return { check: "access", state: "warning", message };
  }
  const admins = apiKeys.filter(({ admin }) => admin).length;
  const who =
    apiKeys.length === 0
      ? "this machine alone, without keys"
      : `${countOf(apiKeys.length, "key")}, ${admins} of them admin`;
  return { check: "access", state: "ok", message: `HOST=${host} lets in ${who}` };
}

/** Milliseconds that the holder of the port gets to say that it is Footnote. */
const ANSWER_MS = 1000;

/** Whether `serve` could listen, or does already. @throws AppError that names HOST, PORT and the fix */
async function checkPort({ host, port }: Config["server"]): Promise<Finding> {
  const check = "port";
  const server = createServer();
  try {
    await listen(server, host, port);
    return { check, state: "ok", message: `HOST=${host} PORT=${port} is free` };
  } catch (error) {
    const version = await runningVersion(host, port);
    if (version === undefined) throw error;
    return { check, state: "ok", message: `HOST=${host} PORT=${port}: Footnote ${version} serves there` };
  } finally {
    server.close();
  }
}

/** The version of the Footnote that has the port, if it is one. */
async function runningVersion(host: string, port: number): Promise<string | undefined> {
  const address = host === "0.0.0.0" || host === "::" ? "localhost" : host;
  const name = address.includes(":") ? `[${address.replace(/^\[|\]$/g, "")}]` : address;
  try {
    const response = await fetch(`http://${name}:${port}/health`, { signal: AbortSignal.timeout(ANSWER_MS) });
    return Health.parse(await response.json()).version;
  } catch {
    return undefined;
  }
}

/** How Slack would be answered; nothing where it is not set up. */
function checkSlack({ slack, server }: Config): readonly Finding[] {
  const check = "slack";
  if (slack === undefined) return [];
  const ways = [
    ...(slack.appToken === undefined ? [] : ["footnote slack (Socket Mode)"]),
    ...(slack.signingSecret === undefined ? [] : ["footnote serve at /slack/events"]),
  ];
  if (ways.length === 0) {
    const fix = "set SLACK_APP_TOKEN for footnote slack, or SLACK_SIGNING_SECRET for footnote serve";
    return [
      { check, state: "problem", message: `SLACK_BOT_TOKEN is set, but no event would arrive: ${fix}` },
    ];
  }
  if (ways.length === 2) {
    const message =
      "SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are both set: run footnote slack or footnote serve with them, not both on one DATA_DIR";
    return [{ check, state: "warning", message }];
  }
  const { allowedChannels, maxPerMinute } = slack;
  const where = allowedChannels.length === 0 ? "every channel" : allowedChannels.join(", ");
  const rate = maxPerMinute === 0 ? "no limit" : `${maxPerMinute} questions a minute a person`;
  const links = server.publicUrl === undefined ? "; without PUBLIC_URL, answers have no link to the web" : "";
  return [{ check, state: "ok", message: `Slack is answered by ${ways[0]}, in ${where}, ${rate}${links}` }];
}

/** Copies conversations and index into a new folder below `into`, and says which. */
export async function backup(
  context: CommandContext,
  into: string,
  options: { readonly json: boolean },
): Promise<void> {
  const report = await context.backup(await context.loadConfig(), into);
  if (options.json) context.stdout.json(report);
  else context.stdout.line(summary(report));
}

function summary({ folder, data, index }: BackupReport): string {
  const parts = [
    ...(data === undefined
      ? []
      : [`${countOf(data.conversations, "conversation")} with ${countOf(data.messages, "message")}`]),
    ...(index === undefined ? [] : [`the index of ${countOf(index.papers, "paper")}`]),
  ];
  return `${folder}: ${parts.join(", ")}`;
}
