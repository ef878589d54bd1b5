import { z } from "zod";
import { askedByMessage, messageKey } from "../asked-by-message.ts";
import { personMessage } from "../person-message.ts";
import type { Listener } from "./listener.ts";

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
