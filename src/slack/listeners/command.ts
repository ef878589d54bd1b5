import { questionText } from "../question-text.ts";
import type { Listener } from "./listener.ts";

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
