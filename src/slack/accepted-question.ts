import { z } from "zod";
import type { Delivery } from "../assistant/port.ts";
import type { SlackConfig } from "../config/slack.ts";
import { channelOwner } from "../edge/channel-owner.ts";
import { RateLimiter } from "../edge/rate-limiter.ts";
import { AppError } from "../errors.ts";
import { MAX_QUESTION_LENGTH } from "../protocol.ts";

/** Where in Slack a question stands, and whose it is. */
export const Place = z.object({
  /** The workspace in which the bot is installed. */
  team: z.string(),
  channel: z.string(),
  /** The thread's first message; absent while the bot has yet to write it (a command has no message). */
  threadTs: z.string().optional(),
  user: z.string(),
  /** The workspace of that person: another one in a shared channel. */
  userTeam: z.string(),
});
export type Place = z.infer<typeof Place>;

/** Whom the conversations of a channel belong to. */
export function ownerOf({ team, channel }: Pick<Place, "team" | "channel">): string {
  return channelOwner("slack", team, channel);
}

/** The name of a thread in the store. */
export function threadOf({ team, channel }: Place, threadTs: string): string {
  return `slack:${team}:${channel}:${threadTs}`;
}

/** Ids of direct messages, and only these, begin so. */
export function isDirect(channel: string): boolean {
  return channel.startsWith("D");
}

/** A question that was taken on, as it is kept until its answer is in the thread. */
export const AcceptedQuestion = z.object({
  place: Place,
  question: z.string(),
  /** The message that asks it, if one does. */
  messageTs: z.string().optional(),
  /** From when its answer was begun. */
  conversationId: z.string().optional(),
  /** Messages of its answer that are in the thread. */
  posted: z.array(z.string()),
  /** What ends the reply where there is no whole answer: why not, in Slack's Markdown. */
  ending: z.string().optional(),
  /** How often its answer was begun: more than once only if the process ended in between. */
  begun: z.int(),
});
export type AcceptedQuestion = z.infer<typeof AcceptedQuestion>;

export function toDelivery(messageId: string, accepted: AcceptedQuestion): Delivery {
  return { messageId, content: JSON.stringify(accepted) };
}

/** Undefined for what no version of this bot has written. */
export function fromDelivery({ content }: Delivery): AcceptedQuestion | undefined {
  const result = AcceptedQuestion.safeParse(JSON.parse(content));
  return result.success ? result.data : undefined;
}

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
