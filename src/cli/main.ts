#!/usr/bin/env node
/** The command `footnote`: binds the commands to this process. Heavy modules are imported when a command needs them. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { StartServer } from "./commands/serve.ts";
import type { CommandContext } from "./context.ts";
import { Output } from "./output.ts";
import { run } from "./run.ts";
import { OutputClosed } from "./stop.ts";
import { stopOnSignals } from "./stop-on-signals.ts";

/** The package's folder lies two above this file in src/cli as in dist/cli. */
const inPackage = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

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
  examine: async (config) => (await import("../assistant.ts")).examineSetup(config),
  backup: async (config, into) =>
    (await import("../assistant/backup.ts")).backup(config, into, { signal: controller.signal }),
  createAssistant: async (config, onBackgroundError) => {
    const { createAssistant } = await import("../assistant.ts");
    return createAssistant(config, onBackgroundError === undefined ? {} : { onBackgroundError });
  },
};

const startServer: StartServer = async (assistant, config) => {
  const [{ startServer }, { pino }] = await Promise.all([import("../server/server.ts"), import("pino")]);
  const logger = pino({ level: config.server.logLevel }, pino.destination({ fd: 2, sync: true }));
  const webFolder = inPackage("dist/web");
  return startServer({ assistant, config: config.server, logger, webFolder, version: context.version });
};

process.exit(await run(process.argv.slice(2), context, startServer));
