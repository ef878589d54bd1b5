import type { App } from "@slack/bolt";
import type { SlackBot } from "../answering/slack-bot.ts";
import type { AnswerActions } from "../messages/answer-actions.ts";
import type { SlackWeb } from "../web/slack-web.ts";

/** What listeners hand on to. They register, read what came, and decide nothing else. */
export interface ListenerContext {
  readonly bot: SlackBot;
  readonly actions: AnswerActions;
  readonly identity: SlackIdentity;
  readonly web: SlackWeb;
  /** Questions that the corpus answers well; empty while there is no index. */
  readonly suggestions: () => Promise<readonly string[]>;
}

export type Listener = (app: App, context: ListenerContext) => void;

/** Whose token the bot has, from when Slack has said it. */
export class SlackIdentity {
  botId: string | undefined;
  botUserId: string | undefined;
  #team: string | undefined;

  set({
    team,
    botId,
    botUserId,
  }: {
    team: string;
    botId: string | undefined;
    botUserId: string | undefined;
  }) {
    this.#team = team;
    this.botId = botId;
    this.botUserId = botUserId;
  }

  /** The workspace in which the bot is installed: in a shared channel, deliveries may name another. */
  teamOr(told: string | undefined): string {
    return this.#team ?? told ?? "";
  }
}
