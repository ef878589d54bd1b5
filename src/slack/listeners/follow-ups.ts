import { askedByMessage } from "../asked-by-message.ts";
import { personMessage } from "../person-message.ts";
import { isDirect } from "../place.ts";
import type { Listener } from "./listener.ts";

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
