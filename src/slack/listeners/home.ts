import type { Listener } from "./listener.ts";

/** Prompts that Slack shows at most. */
const MOST_PROMPTS = 4;

/** Who opens the bot's messages is offered questions that this corpus answers well. */
export const home: Listener = (app, { web, suggestions }) => {
  app.event("app_home_opened", async ({ event }) => {
    if (event.tab !== "messages") return;
    const questions = (await suggestions()).slice(0, MOST_PROMPTS);
    // Nothing hangs on it.
    if (questions.length > 0) web.suggest(event.channel, questions).catch(() => {});
  });
};
