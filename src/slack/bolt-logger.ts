import type { Logger as BoltLogger, LogLevel } from "@slack/bolt";
import type { Logger } from "pino";

/**
 * Bolt's own log. Its debug and info lines hold what people wrote, and are dropped; its warnings and errors repeat, call
 * by call, what the bot tells in one line, and are for anyone who looks closer.
 */
export function boltLogger(logger: Logger): BoltLogger {
  const tell = (...parts: unknown[]): void => logger.debug({ bolt: parts.map(String).join(" ") }, "Bolt");
  const drop = (): void => {};
  return {
    debug: drop,
    info: drop,
    warn: tell,
    error: tell,
    setLevel: drop,
    getLevel: () => "info" as LogLevel,
    setName: drop,
  };
}
