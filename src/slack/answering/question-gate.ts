import type { SlackConfig } from "../../config/slack.ts";
import { RateLimiter } from "../../edge/rate-limiter.ts";
import { AppError } from "../../errors.ts";
import { MAX_QUESTION_LENGTH } from "../../protocol.ts";
import { isDirect, type Place } from "../accepted-question.ts";

/** Persons' worth of questions that one workspace may ask: it is to hinder a flood, not a team. */
const WORKSPACE_SHARE = 10;

/** Says which questions are taken on, and to whom the others are refused with which words. */
export class QuestionGate {
  readonly #channels: ReadonlySet<string>;
  readonly #persons: RateLimiter;
  readonly #workspaces: RateLimiter;

  constructor({ allowedChannels, maxPerMinute }: SlackConfig) {
    this.#channels = new Set(allowedChannels);
    this.#persons = new RateLimiter({ perMinute: maxPerMinute });
    this.#workspaces = new RateLimiter({ perMinute: maxPerMinute * WORKSPACE_SHARE });
  }

  isAllowed(channel: string): boolean {
    return this.#channels.size === 0 || isDirect(channel) || this.#channels.has(channel);
  }

  /** Counts the question. @returns why it is refused, in Slack's Markdown, or undefined */
  refusal({ team, channel, user }: Place, question: string): string | undefined {
    if (!this.isAllowed(channel)) {
      return `I answer in ${[...this.#channels].map((id) => `<#${id}>`).join(", ")} and in direct messages.`;
    }
    if (question.length > MAX_QUESTION_LENGTH) {
      const limit = MAX_QUESTION_LENGTH.toLocaleString("en");
      return `This is ${question.length.toLocaleString("en")} characters long: a question may have ${limit}.`;
    }
    try {
      this.#persons.count(team, user);
      this.#workspaces.count(team, "");
      return undefined;
    } catch (error) {
      if (error instanceof AppError && error.code === "rate_limited") return `${error.message}.`;
      throw error;
    }
  }
}
