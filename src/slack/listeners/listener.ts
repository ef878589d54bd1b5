import type { App } from "@slack/bolt";
import type { AnswerActions } from "../answer-actions.ts";
import type { SlackBot } from "../slack-bot.ts";
import type { SlackIdentity } from "../slack-identity.ts";
import type { SlackWeb } from "../slack-web.ts";

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
