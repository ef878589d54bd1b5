import { SlackRefusal, SlackUnreachable } from "./slack-error.ts";

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
