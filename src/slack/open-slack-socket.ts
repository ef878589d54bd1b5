import type { SocketModeReceiver } from "@slack/bolt";
import { AppError, fullMessage } from "../errors.ts";
import { untilAborted } from "../util/abort.ts";
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
 * @throws AppError (config) when Slack refuses a token
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
  catchMalformed(receiver.client, (error) =>
    parts.logger.warn({ reason: fullMessage(error) }, "a message from Slack cannot be read"),
  );
  parts.listen(receiver);
  const connection = new SocketConnection({
    receiver,
    health,
    limits,
    onConnected: () => void bot.recover(),
  });
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
  return new AppError("config", message, { cause: error });
}

/** The client reads fields of whatever comes, where nobody catches what that throws: it would end the process. */
function catchMalformed(client: SocketModeReceiver["client"], onError: (error: unknown) => void): void {
  const listeners = client.listeners("ws_message");
  client.removeAllListeners("ws_message");
  for (const listener of listeners) {
    client.on("ws_message", async (...message) => {
      try {
        await listener.apply(client, message);
      } catch (error) {
        onError(error);
      }
    });
  }
}
