import type { Logger } from "pino";
import { SlackRefusal } from "./slack-error.ts";

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

type Token = "SLACK_BOT_TOKEN" | "SLACK_APP_TOKEN";

/** How it stands with Slack, as `components.slack` in /ready says it: `ok`, or why not. One log line for each change. */
export class SlackHealth {
  readonly #logger: Logger;
  /** Slack's word against each token that it refuses, until it takes that one again. */
  readonly #refused = new Map<Token, string>();
  /** Tokens whose last call did not reach Slack. */
  readonly #unreached = new Set<Token>();
  #state = "connecting";

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  get state(): string {
    return this.#state;
  }

  ok(token: Token): void {
    this.#refused.delete(token);
    this.#unreached.delete(token);
    if (this.#change() && this.#state === "ok") this.#logger.info("Slack answers");
  }

  unreachable(token: Token, error: Error): void {
    this.#unreached.add(token);
    if (this.#change()) this.#logger.warn({ reason: error.message }, "Slack cannot be reached");
  }

  refused(token: Token, { code }: SlackRefusal): void {
    if (this.#refused.get(token) === code) return;
    this.#refused.set(token, code);
    this.#change();
    this.#logger.error(
      `Slack refuses ${token} (${code}): reinstall the app in its settings, set the new token and start again`,
    );
  }

  #change(): boolean {
    const before = this.#state;
    const [refusal] = this.#refused.values();
    this.#state = refusal ?? (this.#unreached.size > 0 ? "unreachable" : "ok");
    return this.#state !== before;
  }
}
