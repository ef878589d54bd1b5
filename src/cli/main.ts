#!/usr/bin/env node
/** The command `footnote`: binds the commands to this process. Heavy modules are imported when a command needs them. */
import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { fileURLToPath } from "node:url";
import type { Logger } from "pino";
import type { Assistant } from "../assistant/port.ts";
import type { Config } from "../config.ts";
import { AppError } from "../errors.ts";
import type { McpSessions } from "../mcp/mcp-http.ts";
import type { SlackOptions } from "../slack/slack-parts.ts";
import type { StartServer } from "./commands/serve.ts";
import { type CommandContext, pageAddress } from "./context.ts";
import { Output } from "./output.ts";
import { run } from "./program.ts";
import { OutputClosed, stopOnSignals } from "./stop.ts";

/** The package's folder lies two above this file in src/cli as in dist/cli. */
const inPackage = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

// Libraries print with it (LangChain a line for each thought of some models); standard output is the command's alone.
console.log = () => undefined;

const controller = new AbortController();
const closed = (): void => controller.abort(new OutputClosed());
stopOnSignals(process, controller, (code) => process.exit(code));

const context: CommandContext = {
  stdout: new Output(process.stdout, closed),
  stderr: new Output(process.stderr),
  stdin: process.stdin,
  signal: controller.signal,
  version: (JSON.parse(readFileSync(inPackage("package.json"), "utf8")) as { version: string }).version,
  loadConfig: async () => (await import("../config.ts")).loadConfig(),
  surveyConfig: async () => (await import("../config/survey-config.ts")).surveyConfig(),
  examine: async (config) => (await import("../assistant.ts")).examineSetup(config, controller.signal),
  backup: async (config, into) =>
    (await import("../assistant/backup/backup.ts")).backup(config, into, { signal: controller.signal }),
  openSlack: async (assistant, config) => {
    const { openSlackSocket } = await import("../slack/open-slack-socket.ts");
    const options = await slackOptions(assistant, config, await logTo(config));
    const { appToken = "" } = options.config;
    return openSlackSocket({ ...options, appToken, signal: controller.signal });
  },
  createAssistant: async (config, onBackgroundError) => {
    const { createAssistant } = await import("../assistant.ts");
    return createAssistant(config, onBackgroundError === undefined ? {} : { onBackgroundError });
  },
};

async function logTo(config: Config): Promise<Logger> {
  const { pino } = await import("pino");
  return pino({ level: config.server.logLevel }, pino.destination({ fd: 2, sync: true }));
}

async function slackOptions(assistant: Assistant, config: Config, logger: Logger): Promise<SlackOptions> {
  const { openDeliveries } = await import("../assistant.ts");
  if (config.slack === undefined) throw new AppError("config", "SLACK_BOT_TOKEN is not set");
  const { slack, server } = config;
  return { assistant, deliveries: openDeliveries(config), config: slack, server, logger };
}

/** The bot at its address in the server, where a signing secret is set. */
async function mountedSlack(assistant: Assistant, config: Config, logger: Logger) {
  const signingSecret = config.slack?.signingSecret;
  if (signingSecret === undefined) return undefined;
  const { EVENTS_PATH, openSlackHttp } = await import("../slack/open-slack-http.ts");
  const options = await slackOptions(assistant, config, logger);
  const slack = await openSlackHttp({ ...options, signingSecret });
  const { handle, state, close } = slack;
  return { handle, close, path: EVENTS_PATH, health: { name: "slack", state } };
}

/** Bytes of a message of the Model Context Protocol: pasted references are the largest. */
const MCP_BYTES = 1024 * 1024;

/** Loaded when the first client comes. */
function mountedMcp(assistant: Assistant, config: Config, logger: Logger) {
  const report = (err: unknown) => logger.error({ err }, "tool failed");
  let sessions: McpSessions | undefined;
  return {
    path: "/mcp",
    methods: ["get", "post", "delete"] as const,
    access: "owners" as const,
    jsonBytes: MCP_BYTES,
    handle: async (
      request: IncomingMessage & { body?: unknown },
      response: ServerResponse,
      caller: Parameters<McpSessions["handle"]>[2],
    ): Promise<void> => {
      const { McpSessions } = await import("../mcp/mcp-http.ts");
      sessions ??= new McpSessions({
        assistant,
        version: context.version,
        base: pageAddress(config),
        report,
      });
      await sessions.handle(request, response, caller, request.body);
    },
  };
}

const startServer: StartServer = async (assistant, config) => {
  const [{ startServer }, logger] = await Promise.all([import("../server/server.ts"), logTo(config)]);
  const slack = await mountedSlack(assistant, config, logger);
  const options = { assistant, config: config.server, logger, version: context.version };
  try {
    const server = await startServer({
      ...options,
      webFolder: inPackage("dist/web"),
      integrations: [mountedMcp(assistant, config, logger), ...(slack === undefined ? [] : [slack])],
    });
    const close = async (graceMs?: number): Promise<void> => {
      await Promise.all([server.close(graceMs), slack?.close(graceMs)]);
    };
    return { url: server.url, close };
  } catch (error) {
    await slack?.close(0);
    throw error;
  }
};

process.exit(await run(process.argv.slice(2), context, startServer));
