import { setTimeout as sleep } from "node:timers/promises";
import type { SocketModeReceiver } from "@slack/bolt";
import { deferred } from "../util/deferred.ts";
import { classifyFault } from "./classify-fault.ts";
import { SlackRefusal, SlackUnreachable } from "./slack-error.ts";
import type { SlackHealth } from "./slack-health.ts";
import type { SlackLimits } from "./slack-limits.ts";

interface Options {
  readonly receiver: SocketModeReceiver;
  readonly health: SlackHealth;
  readonly limits: SlackLimits;
  readonly onConnected: () => void;
}

const OPEN = "apps.connections.open";

/**
 * Keeps a Socket Mode connection. The client's own reconnecting is off: an attempt that fails for want of a network ends
 * it, and the process, with an unhandled rejection (@slack/socket-mode 2.0.7).
 */
export class SocketConnection {
  readonly #options: Options;
  readonly #closing = new AbortController();
  #delay: number;

  constructor(options: Options) {
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
    const { receiver, health, onConnected } = this.#options;
    const { signal } = this.#closing;
    let connected = false;
    while (!signal.aborted) {
      const ended = deferred();
      receiver.client.once("disconnected", ended.resolve);
      try {
        await receiver.start();
        connected = true;
        this.#delay = this.#options.limits.retryFirst;
        health.ok();
        onConnected();
        onFirst();
        // Slack renews connections now and then: the next one is made at once.
        await ended.promise;
      } catch (error) {
        receiver.client.off("disconnected", ended.resolve);
        const refusal = this.#note(error);
        if (!connected && refusal !== undefined) return onRefused(refusal);
        await sleep(this.#delay, undefined, { signal }).catch(() => {});
        this.#delay = Math.min(this.#delay * 2, this.#options.limits.retryLongest);
      }
    }
  }

  #note(error: unknown): SlackRefusal | undefined {
    if (this.#closing.signal.aborted) return undefined;
    const fault = classifyFault(OPEN, error);
    if (fault instanceof SlackRefusal) {
      this.#options.health.tokenRefused(fault, "SLACK_APP_TOKEN");
      return fault;
    }
    this.#options.health.unreachable(
      fault instanceof SlackUnreachable ? fault : new Error(`${OPEN} is rate limited`),
    );
    return undefined;
  }
}
