import { setTimeout as sleep } from "node:timers/promises";
import type { App, AuthorizeResult, Logger as BoltLogger, LogLevel, Receiver, webApi } from "@slack/bolt";
import type { Logger } from "pino";
import type { Assistant, DeliveryStore } from "../assistant/port.ts";
import type { SlackConfig } from "../config/slack.ts";
import type { Config } from "../config.ts";
import { SlackBot } from "./answering/slack-bot.ts";
import { buttons, command, home, shortcut } from "./listeners/interactions.ts";
import { type Listener, SlackIdentity } from "./listeners/listener.ts";
import { changedMessages, directMessages, followUps, mentions } from "./listeners/messages.ts";
import { AnswerActions } from "./messages/answer-actions.ts";
import { DEFAULT_LIMITS, type SlackLimits } from "./slack-limits.ts";
import { SlackHealth, SlackUnreachable } from "./web/slack-fault.ts";
import { SlackCalls, SlackWeb } from "./web/slack-web.ts";

export interface SlackOptions {
  readonly assistant: Assistant;
  /** Closed with the bot. */
  readonly deliveries: DeliveryStore;
  readonly config: SlackConfig;
  readonly server: Pick<Config["server"], "publicUrl" | "maxConcurrentAnswers">;
  readonly logger: Logger;
  readonly limits?: Partial<SlackLimits>;
}

/** Milliseconds. */
export const CLOSE_GRACE_MS = 10_000;

export interface RunningSlack {
  /** `ok`, or why not: for `components.slack` in /ready. */
  state(): string;
  /** Takes no more, and lets answers finish for `graceMs`. */
  close(graceMs?: number): Promise<void>;
}

type Bolt = Pick<typeof import("@slack/bolt"), "App" | "webApi">;

/** The parts of a bot, wired but for how events reach it. */
export class SlackParts {
  readonly limits: SlackLimits;
  readonly health: SlackHealth;
  readonly identity = new SlackIdentity();
  readonly clientOptions: webApi.WebClientOptions;
  readonly web: SlackWeb;
  readonly bot: SlackBot;
  readonly logger: Logger;
  readonly #options: SlackOptions;
  readonly #bolt: Bolt;
  readonly #closing = new AbortController();

  constructor(bolt: Bolt, options: SlackOptions) {
    const { assistant, deliveries, config, server, logger } = options;
    this.#bolt = bolt;
    this.#options = options;
    this.logger = logger.child({ component: "slack" });
    this.limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.health = new SlackHealth(this.logger);
    this.clientOptions = {
      slackApiUrl: config.apiUrl,
      timeout: this.limits.call,
      // Which calls may be made again is known here, not there: an append that was made twice would double its text.
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      logger: boltLogger(this.logger),
    };
    const calls = new SlackCalls({ health: this.health, signal: this.#closing.signal });
    this.web = new SlackWeb(new bolt.webApi.WebClient(config.botToken, this.clientOptions), calls);
    this.bot = new SlackBot({
      ...{ assistant, deliveries, web: this.web, config, limits: this.limits, logger: this.logger },
      publicUrl: server.publicUrl,
      atOnce: server.maxConcurrentAnswers,
    });
  }

  /** Bolt's app, hearing what `receiver` brings. */
  listen(receiver: Receiver): App {
    const app = new this.#bolt.App({
      receiver,
      convoStore: false,
      logger: boltLogger(this.logger),
      clientOptions: this.clientOptions,
      // By default Bolt asks Slack who it is, and ends the process when there is no answer.
      authorize: async ({ teamId }) => this.#authorization(teamId),
    });
    app.error(async (error) => {
      this.logger.error({ err: error.original ?? error }, "an event from Slack failed");
      // Over HTTP that makes the answer a 500, and Slack sends it again.
      throw error;
    });
    const { assistant } = this.#options;
    const { bot, identity, web, logger } = this;
    const actions = new AnswerActions({ assistant, web, logger });
    const suggestions = async () => (assistant.readiness().status === "ready" ? assistant.suggestions() : []);
    for (const listener of LISTENERS) listener(app, { bot, actions, identity, web, suggestions });
    return app;
  }

  /**
   * Asks Slack whose token it is until it says so, or the bot closes.
   * @param refused what comes of a refusal @throws SlackRefusal
   */
  async identify({ refused }: { refused: "wait" | "throw" }): Promise<void> {
    const { signal } = this.#closing;
    for (let wait = this.limits.retryFirst; !signal.aborted; ) {
      try {
        return this.identity.set(await this.web.identify());
      } catch (error) {
        if (refused === "throw" && !(error instanceof SlackUnreachable)) throw error;
        await sleep(wait, undefined, { signal }).catch(() => {});
        wait = Math.min(wait * 2, this.limits.retryLongest);
      }
    }
  }

  async close(graceMs: number): Promise<void> {
    await this.bot.close(graceMs);
    this.#closing.abort();
    await this.#options.deliveries.close();
  }

  #authorization(teamId: string | undefined): AuthorizeResult {
    const { botId, botUserId } = this.identity;
    return {
      botToken: this.#options.config.botToken,
      ...(botId === undefined ? {} : { botId }),
      ...(botUserId === undefined ? {} : { botUserId }),
      ...(teamId === undefined ? {} : { teamId }),
    };
  }
}

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

/** Everything that the bot hears. */
const LISTENERS: readonly Listener[] = [
  directMessages,
  mentions,
  followUps,
  changedMessages,
  command,
  shortcut,
  buttons,
  home,
];
