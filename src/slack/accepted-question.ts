import { z } from "zod";
import type { Delivery } from "../assistant/port.ts";
import { channelOwner } from "../edge/channel-owner.ts";

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
