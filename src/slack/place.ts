import { z } from "zod";
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
