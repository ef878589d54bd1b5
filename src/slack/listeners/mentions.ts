import { askedByMessage } from "../asked-by-message.ts";
import { personMessage } from "../person-message.ts";
import type { Listener } from "./listener.ts";

/** Anyone who names the bot in a channel asks it. */
export const mentions: Listener = (app, { bot, identity }) => {
  app.event("app_mention", async ({ event, body, context }) => {
    const message = personMessage(event);
    if (message === undefined) return;
    await bot.take(askedByMessage(message, body.event_id, context.teamId, identity));
  });
};
