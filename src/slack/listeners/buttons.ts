import type { BlockAction, ButtonAction } from "@slack/bolt";
import type { ButtonPress } from "../answer-actions.ts";
import { ACTIONS } from "../answer-blocks.ts";
import type { Listener, ListenerContext } from "./listener.ts";

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
