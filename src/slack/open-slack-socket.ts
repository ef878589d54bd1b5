import { AppError } from "../errors.ts";
import { untilAborted } from "../util/until-aborted.ts";
import { boltLogger } from "./bolt-logger.ts";
import { SlackRefusal } from "./slack-error.ts";
import { CLOSE_GRACE_MS, type RunningSlack, type SlackOptions, SlackParts } from "./slack-parts.ts";
import { SocketConnection } from "./socket-connection.ts";

interface Options extends SlackOptions {
  readonly appToken: string;
  /** Gives up connecting. */
  readonly signal: AbortSignal;
}

/**
 * The bot over Socket Mode, which needs no public address. Resolves when it is connected, however long Slack is away.
 * @throws AppError (internal) when Slack refuses a token
 */
export async function openSlackSocket(options: Options): Promise<RunningSlack> {
  const bolt = await import("@slack/bolt");
  const parts = new SlackParts(bolt, options);
  const { health, limits, bot } = parts;
  const receiver = new bolt.SocketModeReceiver({
    appToken: options.appToken,
    autoReconnectEnabled: false,
    logger: boltLogger(parts.logger),
    installerOptions: { clientOptions: parts.clientOptions },
  });
  parts.listen(receiver);
  const connection = new SocketConnection({ receiver, health, limits, onConnected: () => bot.recover() });
  const close = async (graceMs = CLOSE_GRACE_MS): Promise<void> => {
    await connection.close();
    await parts.close(graceMs);
  };
  try {
    await untilAborted(
      parts.identify({ refused: "throw" }).then(() => connection.start()),
      options.signal,
    );
  } catch (error) {
    await close(0);
    throw refusedToken(error);
  }
  return { state: () => health.state, close };
}

function refusedToken(error: unknown): unknown {
  if (!(error instanceof SlackRefusal)) return error;
  const variable = error.method === "auth.test" ? "SLACK_BOT_TOKEN" : "SLACK_APP_TOKEN";
  const message = `Slack refuses ${variable} (${error.code}): copy it from the app's settings again`;
  return new AppError("internal", message, { cause: error });
}
