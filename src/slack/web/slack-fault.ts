import type { Logger } from "pino";

/** Words with which Slack says that the bot cannot write there. */
const OF_THE_PLACE = new Set(["not_in_channel", "channel_not_found"]);

/** Slack said no: `code` is its own word for why. The call has changed nothing, but for Slack's own failures. */
export class SlackRefusal extends Error {
  override readonly name = "SlackRefusal";
  readonly method: string;
  readonly code: string;

  constructor(method: string, code: string, cause: unknown) {
    super(`Slack refused ${method}: ${code}`, { cause });
    this.method = method;
    this.code = code;
  }

  /** The bot cannot write there at all. */
  get isOfPlace(): boolean {
    return OF_THE_PLACE.has(this.code);
  }
}

/** Nobody knows whether the call arrived: no connection, no answer in time, a server error, a limit without end. */
export class SlackUnreachable extends Error {
  override readonly name = "SlackUnreachable";

  constructor(method: string, cause: unknown) {
    super(`Slack did not answer ${method}: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
}

/** Slack's words for its own failures: something of the call may have been done. */
const OWN_FAILURES = new Set(["internal_error", "fatal_error", "service_unavailable", "request_timeout"]);

/** What Bolt's client may throw, as its documentation of error codes has it. */
interface ClientError {
  readonly code?: string;
  readonly retryAfter?: number;
  readonly data?: { readonly error?: string };
}

/** Seconds that Slack asks to wait, or what to make of the error. */
export function classifyFault(method: string, error: unknown): number | SlackRefusal | SlackUnreachable {
  const { code, retryAfter, data } = (error ?? {}) as ClientError;
  if (code === "slack_webapi_rate_limited_error") return retryAfter ?? 1;
  const word = code === "slack_webapi_platform_error" ? data?.error : undefined;
  // Without the header, which Slack sends with status 429.
  if (word === "ratelimited" || word === "rate_limited") return 1;
  if (word === undefined || OWN_FAILURES.has(word)) return new SlackUnreachable(method, error);
  return new SlackRefusal(method, word, error);
}

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
