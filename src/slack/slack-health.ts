import type { Logger } from "pino";
import { SlackRefusal, type SlackUnreachable } from "./slack-error.ts";

/** Words with which Slack refuses the token itself, whatever the call. */
const TOKEN_REFUSALS = new Set([
  "invalid_auth",
  "not_authed",
  "account_inactive",
  "token_expired",
  "token_revoked",
  "user_removed_from_team",
  "team_disabled",
  "org_login_required",
]);

export function isTokenRefusal(error: unknown): boolean {
  return error instanceof SlackRefusal && TOKEN_REFUSALS.has(error.code);
}

/** How it stands with Slack, as `components.slack` in /ready says it: `ok`, or why not. One log line for each change. */
export class SlackHealth {
  readonly #logger: Logger;
  #state = "connecting";

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  get state(): string {
    return this.#state;
  }

  ok(): void {
    if (this.#change("ok")) this.#logger.info("Slack answers");
  }

  unreachable(error: SlackUnreachable | Error): void {
    // What is known to be wrong with the token stays so until Slack takes it.
    if (TOKEN_REFUSALS.has(this.#state)) return;
    if (this.#change("unreachable")) this.#logger.warn({ reason: error.message }, "Slack cannot be reached");
  }

  /** @param variable the token that Slack refuses */
  tokenRefused({ code }: SlackRefusal, variable = "SLACK_BOT_TOKEN"): void {
    if (!this.#change(code)) return;
    this.#logger.error(
      `Slack refuses ${variable} (${code}): reinstall the app in its settings, set the new token and start again`,
    );
  }

  #change(state: string): boolean {
    if (this.#state === state) return false;
    this.#state = state;
    return true;
  }
}
