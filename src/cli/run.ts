import type { StartServer } from "./commands/serve.ts";
import type { CommandContext } from "./context.ts";
import { exitCodeOf, failureText, isFailure } from "./failure.ts";
import { createProgram } from "./program.ts";

/** Runs one command line (without node and script) to its end. @returns the exit code */
export async function run(
  argv: readonly string[],
  context: CommandContext,
  startServer: StartServer,
): Promise<number> {
  let debug = false;
  const watched: CommandContext = {
    ...context,
    async loadConfig() {
      const config = await context.loadConfig();
      debug = ["debug", "trace"].includes(config.server.logLevel);
      for (const warning of config.warnings) context.stderr.line(`footnote: ${warning}`);
      return config;
    },
  };
  try {
    await createProgram(watched, startServer).parseAsync(argv, { from: "user" });
    return 0;
  } catch (error) {
    // Whatever an abort looks like where it surfaced, the end was asked for.
    const reason: unknown = context.signal.aborted ? context.signal.reason : error;
    if (isFailure(reason)) context.stderr.line(failureText(reason, debug));
    return exitCodeOf(reason);
  } finally {
    await Promise.all([context.stdout.flush(), context.stderr.flush()]);
  }
}
