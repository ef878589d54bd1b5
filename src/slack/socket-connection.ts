import { setTimeout as sleep } from "node:timers/promises";
import type { SocketModeReceiver } from "@slack/bolt";
import { deferred } from "../util/waiting.ts";
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
const TOKEN = "SLACK_APP_TOKEN";
/** Milliseconds from which on a connection's end is a renewal, not Slack's way to refuse it. Slack's last for hours. */
const LASTING_MS = 10_000;

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
