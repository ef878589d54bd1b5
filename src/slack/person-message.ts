import { z } from "zod";

/** Subtypes of messages that are written by a person all the same. */
const WRITTEN = new Set(["file_share", "thread_broadcast"]);

/** What a message of Slack's Events API is known by; the rest is not read. */
const RawMessage = z.object({
  channel: z.string(),
  ts: z.string(),
  user: z.string().optional(),
  text: z.string().optional(),
  thread_ts: z.string().optional(),
  subtype: z.string().optional(),
  bot_id: z.string().optional(),
  user_team: z.string().optional(),
});

export interface PersonMessage {
  readonly channel: string;
  readonly ts: string;
  /** Absent: it stands in no thread. */
  readonly threadTs: string | undefined;
  readonly user: string;
  readonly userTeam: string | undefined;
  readonly text: string;
}

/** A message that a person has written; undefined for those of bots, of Slack itself, and what is no message. */
export function personMessage(event: unknown): PersonMessage | undefined {
  const { data } = RawMessage.safeParse(event);
  if (data?.user === undefined || data.bot_id !== undefined) return undefined;
  if (data.subtype !== undefined && !WRITTEN.has(data.subtype)) return undefined;
  const { channel, ts, user, text = "" } = data;
  return { channel, ts, threadTs: data.thread_ts, user, userTeam: data.user_team, text };
}
