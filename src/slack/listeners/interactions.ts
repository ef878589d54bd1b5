import type { BlockAction, ButtonAction } from "@slack/bolt";
import { MAX_QUESTION_LENGTH } from "../../protocol.ts";
import type { ButtonPress } from "../messages/answer-actions.ts";
import { ACTIONS } from "../messages/answer-blocks.ts";
import { cutText, questionText } from "../messages/slack-text.ts";
import type { Listener, ListenerContext } from "./listener.ts";

/** `/papers QUESTION`: the bot writes the question into the channel and answers in a thread below it. */
export const command: Listener = (app, { bot, identity }) => {
  app.command("/papers", async ({ command, ack, respond }) => {
    const team = identity.teamOr(command.team_id);
    await bot.take({
      keys: [`trigger:${command.trigger_id}`],
      place: { team, channel: command.channel_id, user: command.user_id, userTeam: command.team_id },
      question: questionText(command.text, identity.botUserId),
      tell: (text) => respond({ response_type: "ephemeral", text }),
    });
    await ack();
  });
};

/** "Find papers about this", of a message's menu: answered in the thread of that message. */
export const shortcut: Listener = (app, { bot, identity }) => {
  app.shortcut({ callback_id: "find_papers", type: "message_action" }, async ({ shortcut, ack, respond }) => {
    const { message, channel, user, team, trigger_id } = shortcut;
    const own = identity.teamOr(team?.id);
    await bot.take({
      keys: [`trigger:${trigger_id}`],
      place: {
        team: own,
        channel: channel.id,
        threadTs: String(message.thread_ts ?? message.ts),
        user: user.id,
        userTeam: user.team_id ?? own,
      },
      // However long the message is, papers about its beginning are better than none.
      question: cutText(questionText(message.text ?? "", identity.botUserId), MAX_QUESTION_LENGTH),
      help: "This message has no text to find papers about.",
      tell: (text) => respond({ response_type: "ephemeral", replace_original: false, text }),
    });
    await ack();
  });
};

/** The buttons below an answer. */
export const buttons: Listener = (app, listening) => {
  const { actions } = listening;
  const on = (id: string, run: (press: ButtonPress) => void): void => {
    app.action({ action_id: id, type: "block_actions" }, async ({ body, action, ack }) => {
      await ack();
      const press = await pressOf(body, (action as ButtonAction).value, listening);
      if (press !== undefined) run(press);
    });
  };
  on(ACTIONS.feedback, (press) => actions.rate(press));
  on(ACTIONS.quotes, (press) => actions.showQuotes(press));
  on(ACTIONS.bibtex, (press) => actions.copyBibtex(press));
  // A link, which Slack reports all the same.
  app.action({ action_id: ACTIONS.open, type: "block_actions" }, async ({ ack }) => ack());
};

/** Undefined when it was pressed before: Slack has sent it again. */
async function pressOf(
  { user, team, channel, message, container, trigger_id }: BlockAction,
  value: string | undefined,
  { bot, identity }: ListenerContext,
): Promise<ButtonPress | undefined> {
  const channelId = channel?.id ?? String(container.channel_id ?? "");
  const threadTs = message?.thread_ts ?? message?.ts ?? container.message_ts;
  if (value === undefined || !(await bot.isNew(`trigger:${trigger_id}`))) return undefined;
  const own = identity.teamOr(team?.id);
  const place = { team: own, channel: channelId, user: user.id, userTeam: user.team_id ?? own };
  return { value, place: { ...place, threadTs: String(threadTs) } };
}

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
