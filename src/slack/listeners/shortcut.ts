import { MAX_QUESTION_LENGTH } from "../../protocol.ts";
import { cutText } from "../cut-text.ts";
import { questionText } from "../question-text.ts";
import type { Listener } from "./listener.ts";

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
