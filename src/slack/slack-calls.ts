import { setTimeout as sleep } from "node:timers/promises";
import { classifyFault } from "./classify-fault.ts";
import { type SlackRefusal, SlackUnreachable } from "./slack-error.ts";
import { isTokenRefusal, type SlackHealth } from "./slack-health.ts";

/** Milliseconds that a call waits for its turn under Slack's limits before Slack counts as out of reach. */
const PATIENCE_MS = 5 * 60_000;
/** Of these calls. */
const TOKEN = "SLACK_BOT_TOKEN";

interface Options {
  readonly health: SlackHealth;
  /** Ends all waiting. */
  readonly signal: AbortSignal;
}

/** Calls of Slack's Web API under its rate limits: one method's wait is kept by all of its calls. */
export class SlackCalls {
  readonly #health: SlackHealth;
  readonly #signal: AbortSignal;
  /** Milliseconds of performance.now() until when a method rests. */
  readonly #restsUntil = new Map<string, number>();

  constructor({ health, signal }: Options) {
    this.#health = health;
    this.#signal = signal;
  }

  /**
   * Makes the call, again after each Retry-After.
   * @throws SlackRefusal, SlackUnreachable
   */
  async make<Result>(method: string, call: () => Promise<Result>): Promise<Result> {
    const until = performance.now() + PATIENCE_MS;
    for (;;) {
      await this.#rest(method, until);
      try {
        const result = await call();
        this.#health.ok(TOKEN);
        return result;
      } catch (error) {
        const fault = classifyFault(method, error);
        if (typeof fault !== "number") throw this.#noted(fault);
        this.#restsUntil.set(method, performance.now() + fault * 1000);
      }
    }
  }

  /** @throws SlackUnreachable when that would take too long, or the bot closes */
  async #rest(method: string, until: number): Promise<void> {
    for (;;) {
      if (this.#signal.aborted) throw new SlackUnreachable(method, this.#signal.reason);
      const end = this.#restsUntil.get(method) ?? 0;
      const wait = end - performance.now();
      if (wait <= 0) return;
      if (end > until) throw new SlackUnreachable(method, new Error("its rate limit lasts too long"));
      await sleep(wait, undefined, { signal: this.#signal }).catch(() => {});
    }
  }

  #noted(fault: SlackRefusal | SlackUnreachable): Error {
    if (fault instanceof SlackUnreachable) this.#health.unreachable(TOKEN, fault);
    else if (isTokenRefusal(fault)) this.#health.refused(TOKEN, fault);
    else this.#health.ok(TOKEN);
    return fault;
  }
}
