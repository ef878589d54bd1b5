import type { PersonMessage } from "./person-message.ts";
import { questionText } from "./question-text.ts";
import type { AskedQuestion } from "./slack-bot.ts";
import type { SlackIdentity } from "./slack-identity.ts";

/**
 * The question that a message asks, to be answered in its thread, or in one below it. Its channel and ts are a key
 * beside the event's: a mention comes as two events, as a message and as a mention.
 */
export function askedByMessage(
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

export function messageKey(channel: string, ts: string): string {
  return `message:${channel}:${ts}`;
}
