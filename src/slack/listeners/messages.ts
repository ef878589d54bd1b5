import { z } from "zod";
import { isDirect } from "../accepted-question.ts";
import type { AskedQuestion } from "../answering/slack-bot.ts";
import { questionText } from "../messages/slack-text.ts";
import type { Listener, SlackIdentity } from "./listener.ts";

/**
 * The question that a message asks, to be answered in its thread, or in one below it. Its channel and ts are a key
 * beside the event's: a mention comes as two events, as a message and as a mention.
 */
function askedByMessage(
  message: PersonMessage,
  eventId: string,
  team: string | undefined,
  identity: SlackIdentity,
): AskedQuestion {
  const { channel, ts, threadTs = ts, user, userTeam, text } = message;
  const own = identity.teamOr(team);
  return {
    keys: [`event:${eventId}`, messageKey(channel, ts)],
    place: { team: own, channel, threadTs, user, userTeam: userTeam ?? own },
    question: questionText(text, identity.botUserId),
    messageTs: ts,
  };
}

function messageKey(channel: string, ts: string): string {
  return `message:${channel}:${ts}`;
}

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

interface PersonMessage {
  readonly channel: string;
  readonly ts: string;
  /** Absent: it stands in no thread. */
  readonly threadTs: string | undefined;
  readonly user: string;
  readonly userTeam: string | undefined;
  readonly text: string;
}

/** A message that a person has written; undefined for those of bots, of Slack itself, and what is no message. */
function personMessage(event: unknown): PersonMessage | undefined {
  const { data } = RawMessage.safeParse(event);
  if (data?.user === undefined || data.bot_id !== undefined) return undefined;
  if (data.subtype !== undefined && !WRITTEN.has(data.subtype)) return undefined;
  const { channel, ts, user, text = "" } = data;
  return { channel, ts, threadTs: data.thread_ts, user, userTeam: data.user_team, text };
}

/** Every message of a direct conversation is a question. */
export const directMessages: Listener = (app, { bot, identity }) => {
  app.message(async ({ event, body, context }) => {
    const message = personMessage(event);
    if (message === undefined || !isDirect(message.channel)) return;
    await bot.take(askedByMessage(message, body.event_id, context.teamId, identity));
  });
};

/** Anyone who names the bot in a channel asks it. */
export const mentions: Listener = (app, { bot, identity }) => {
  app.event("app_mention", async ({ event, body, context }) => {
    const message = personMessage(event);
    if (message === undefined) return;
    await bot.take(askedByMessage(message, body.event_id, context.teamId, identity));
  });
};

/** A person, a group, everyone. */
const NAMED = /<@[A-Z0-9]+|<!(?:subteam|here|channel|everyone)\b/g;

/** In a thread where the bot answers already it need not be named again, unless somebody else is. */
export const followUps: Listener = (app, { bot, identity }) => {
  app.message(async ({ event, body, context }) => {
    const message = personMessage(event);
    if (message?.threadTs === undefined || isDirect(message.channel)) return;
    const named: readonly string[] = message.text.match(NAMED) ?? [];
    if (named.length > 0 && !named.includes(`<@${identity.botUserId}`)) return;
    const asked = askedByMessage(message, body.event_id, context.teamId, identity);
    if (asked.question === "" || !bot.isAllowed(message.channel)) return;
    if (await bot.knowsThread(asked.place)) await bot.take(asked);
  });
};

const Change = z.object({
  subtype: z.enum(["message_changed", "message_deleted"]),
  channel: z.string(),
  deleted_ts: z.string().optional(),
  message: z
    .looseObject({
      ts: z.string(),
      text: z.string().optional(),
      subtype: z.string().optional(),
      edited: z.object({ ts: z.string() }).optional(),
    })
    .optional(),
  previous_message: z.looseObject({ text: z.string().optional() }).optional(),
});

/** A question that is deleted stops its answer; one that is edited within the hour is asked again as it now reads. */
export const changedMessages: Listener = (app, { bot, identity }) => {
  app.message(async ({ event, body, context }) => {
    const { data } = Change.safeParse(event);
    if (data === undefined) return;
    const { channel, message, previous_message: before } = data;
    // With replies below it, a deleted message stays as a tombstone.
    const deleted = message?.subtype === "tombstone" ? message.ts : data.deleted_ts;
    if (deleted !== undefined) return bot.cancel(channel, deleted, "deleted");
    const edited = message && personMessage({ ...message, channel });
    // Slack also changes messages by itself, as when it shows what a link leads to.
    if (edited === undefined || edited.text === before?.text) return;
    if (!(await bot.knows(messageKey(channel, edited.ts)))) return;
    const asked = askedByMessage(edited, body.event_id, context.teamId, identity);
    const keys = [`event:${body.event_id}`, `${messageKey(channel, edited.ts)}:${message?.edited?.ts ?? ""}`];
    if (await bot.knows(...keys)) return;
    await bot.cancel(channel, edited.ts, "edited");
    await bot.take({ ...asked, keys });
  });
};
