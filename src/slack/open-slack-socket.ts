import { setTimeout as sleep } from "node:timers/promises";
import type { SocketModeReceiver } from "@slack/bolt";
import { AppError, fullMessage } from "../errors.ts";
import { untilAborted } from "../util/abort.ts";
import { deferred } from "../util/waiting.ts";
import type { SlackLimits } from "./slack-limits.ts";
import {
  boltLogger,
  CLOSE_GRACE_MS,
  type RunningSlack,
  type SlackOptions,
  SlackParts,
} from "./slack-parts.ts";
import { classifyFault, type SlackHealth, SlackRefusal, SlackUnreachable } from "./web/slack-fault.ts";

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

interface ConnectionOptions {
  readonly receiver: SocketModeReceiver;
  readonly health: SlackHealth;
  readonly limits: SlackLimits;
  readonly onConnected: () => void;
}

const OPEN = "apps.connections.open";
const TOKEN = "SLACK_APP_TOKEN";
/** Milliseconds from which on a connection's end is a renewal, not Slack's way to refuse it. Slack's last for hours. */
const LASTING_MS = 10_000;

/**
 * Keeps a Socket Mode connection. The client's own reconnecting is off: an attempt that fails for want of a network ends
 * it, and the process, with an unhandled rejection (@slack/socket-mode 2.0.7).
 */
class SocketConnection {
  readonly #options: ConnectionOptions;
  readonly #closing = new AbortController();
  #delay: number;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#delay = options.limits.retryFirst;
  }

  /** Resolves with the first connection. @throws SlackRefusal when Slack refuses the token */
  start(): Promise<void> {
    return new Promise((resolve, reject) => void this.#keep(resolve, reject));
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#options.receiver.client.disconnect();
  }

  async #keep(onFirst: () => void, onRefused: (error: SlackRefusal) => void): Promise<void> {
    const { receiver, health, limits, onConnected } = this.#options;
    const { signal } = this.#closing;
    let connected = false;
    while (!signal.aborted) {
      const ended = deferred();
      receiver.client.once("disconnected", ended.resolve);
      let since = Number.POSITIVE_INFINITY;
      try {
        await this.#start();
        connected = true;
        since = performance.now();
        health.ok(TOKEN);
        onConnected();
        onFirst();
        await ended.promise;
      } catch (error) {
        receiver.client.off("disconnected", ended.resolve);
        const refusal = this.#note(error);
        if (!connected && refusal !== undefined) return onRefused(refusal);
      }
      // Slack renews connections now and then: the next one is made at once.
      if (performance.now() - since >= LASTING_MS) this.#delay = limits.retryFirst;
      else await this.#wait();
    }
  }

  /** Resolves with Slack's greeting. */
  async #start(): Promise<void> {
    const { receiver, limits } = this.#options;
    // The client itself waits for the greeting as long as its pings are answered.
    const giveUp = () => void receiver.client.disconnect();
    // Its first part is a call, which has the same limit.
    const timer = setTimeout(giveUp, 2 * limits.call);
    try {
      await receiver.start();
    } finally {
      clearTimeout(timer);
    }
  }

  async #wait(): Promise<void> {
    await sleep(this.#delay, undefined, { signal: this.#closing.signal }).catch(() => {});
    this.#delay = Math.min(this.#delay * 2, this.#options.limits.retryLongest);
  }

  #note(error: unknown): SlackRefusal | undefined {
    if (this.#closing.signal.aborted) return undefined;
    const fault = classifyFault(OPEN, error ?? new Error("its connection ended before it began"));
    if (fault instanceof SlackRefusal) {
      this.#options.health.refused(TOKEN, fault);
      return fault;
    }
    this.#options.health.unreachable(
      TOKEN,
      fault instanceof SlackUnreachable ? fault : new Error(`${OPEN} is rate limited`),
    );
    return undefined;
  }
}
