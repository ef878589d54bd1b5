import { askedByMessage } from "../asked-by-message.ts";
import { personMessage } from "../person-message.ts";
import { isDirect } from "../place.ts";
import type { Listener } from "./listener.ts";

/** Every message of a direct conversation is a question. */
export const directMessages: Listener = (app, { bot, identity }) => {
  app.message(async ({ event, body, context }) => {
    const message = personMessage(event);
    if (message === undefined || !isDirect(message.channel)) return;
    await bot.take(askedByMessage(message, body.event_id, context.teamId, identity));
  });
};
