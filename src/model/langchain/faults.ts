import { parseUrl } from "../../util/strings.ts";
import { type ContextWindow, ModelError, type ModelFault } from "../chat-model.ts";

/** How fetch and the clients say that the connection ended before the answer did. */
const BROKEN_OFF = /\bterminated\b|premature|other side closed|did not receive done|ended without/i;
const UNREADABLE = /\bJSON\b|unexpected token|could not parse/i;
const BUSY = /overloaded|rate.?limit/i;

/**
 * What a client library threw while it read a stream, or before one where its requests could not be watched.
 * @param secret kept out of the message
 */
export function streamFault(error: unknown, secret: string | undefined): ModelError {
  if (error instanceof ModelError) return error;
  if (!(error instanceof Error)) return new ModelError("unknown", { detail: excerpt(String(error), secret) });
  const detail = excerpt(error.message, secret);
  if ("status" in error && typeof error.status === "number") {
    const fault = faultOf(error.status, error.message);
    const window = windowIn(error.message);
    return new ModelError(fault, {
      detail: fault === "key-refused" ? `HTTP ${error.status}` : detail,
      window,
    });
  }
  if (codeOf(error)?.startsWith("UND_ERR_SOCKET") || BROKEN_OFF.test(error.message)) {
    return new ModelError("broken-off", { detail });
  }
  if (error instanceof SyntaxError || UNREADABLE.test(error.message)) {
    return new ModelError("unreadable", { detail });
  }
  if (TOO_LONG.test(error.message)) {
    return new ModelError("too-long", { detail, window: windowIn(error.message) });
  }
  if (BUSY.test(error.message)) return new ModelError("rate-limited", { detail });
  return codeOf(error) === undefined ? new ModelError("server-failed", { detail }) : networkFault(error);
}

/** Codes of Node's sockets and of its fetch (undici). */
const FAULTS: Record<string, ModelFault> = {
  ECONNREFUSED: "refused",
  ENOTFOUND: "unknown-host",
  EAI_AGAIN: "unknown-host",
};

/** A request that got no answer at all. */
export function networkFault(error: unknown): ModelError {
  const code = codeOf(error);
  return new ModelError(FAULTS[code ?? ""] ?? "unreachable", { detail: code });
}

/** The first code in the chain of causes. */
function codeOf(error: unknown): string | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if ("code" in at && typeof at.code === "string") return at.code;
  }
  return undefined;
}

/** UTF-16 code units of what the server says that are kept for the operator. */
const EXCERPT = 200;
/** UTF-16 code units of it that are read at least, and little more. */
const MOST_READ = 64 * 1024;
/** Providers answer 429 to a quota that is used up too: waiting does not fix that. */
const QUOTA = /insufficient_quota|billing|credit balance/i;
const FILTER = /content_filter|content management policy/i;
/** A request that is longer than the model's window, as the servers say it. */
const TOO_LONG =
  /context[\s_-]?(?:length|size|window|limit)|\bn_ctx\b|maximum context|prompt is too long|too many (?:input )?tokens|reduce the length|input is too long|longer than the (?:model|maximum)|max_new_tokens`? must be|(?:maximum|max) (?:input|prompt|sequence) length|token count .{0,60}exceeds|too large for model/i;
const WINDOW = [
  /\bn_ctx\W{1,6}(\d{3,8})/i,
  /(?:maximum|available|model['’]?s)[^.\d]{0,60}?(\d{3,8})/i,
  /(\d{3,8})\s*(?:tokens?\s*)?(?:maximum|max\b)/i,
  /must be <=?\s*(\d{3,8})/i,
  /context[\s_-]?(?:length|size|window|limit)[^.\d]{0,30}(\d{3,8})(?!\s*\+)/i,
  /[>≤<]=?\s*(\d{3,8})/,
];
const PROMPT = [
  /\bn_prompt_tokens\W{1,6}(\d{3,8})/i,
  /(\d{3,8})\s*(?:tokens?\s*)?(?:in|from) (?:the |your )?(?:messages|prompt|input)/i,
  /messages resulted in (\d{3,8})/i,
  /(?:request|input|prompt)s? \((\d{3,8})/i,
  /\bn_keep\b\D{0,4}(\d{3,8})/i,
  /(?:prompt|inputs?|token count|given)\D{0,24}(\d{3,8})/i,
];
const HTTP_TOO_LARGE = 413;

/** What a server says of its window and of the request that it refuses. */
function windowIn(said: string): ContextWindow {
  const read = said.slice(0, 2000);
  const first = (patterns: readonly RegExp[]) =>
    patterns.map((pattern) => Number(pattern.exec(read)?.[1])).find((tokens) => tokens > 0);
  const contextTokens = first(WINDOW);
  const promptTokens = first(PROMPT);
  return { contextTokens, promptTokens: promptTokens === contextTokens ? undefined : promptTokens };
}

/** A 404 that is about the model, not the path: every provider's says "model" or, of Azure, "deployment", in JSON. */
const ABOUT_MODEL = /^\s*[^<\s].*?(?<![\w/-])(model|deployment)(?!s?\/)/is;

/**
 * An answer whose status is no success.
 * @param body its beginning
 * @param secret kept out of the message
 */
export function statusFault(response: Response, body: string, secret: string | undefined): ModelError {
  const { status, headers } = response;
  const fault = faultOf(status, body);
  // Who refuses a key may repeat it, masked or not; a path that is not there is told by itself.
  const said = fault === "key-refused" ? "" : excerpt(body, secret);
  const path =
    fault === "unknown-path" ? ` of ${excerpt(parseUrl(response.url)?.pathname ?? "", secret)}` : "";
  return new ModelError(fault, {
    detail: `HTTP ${status}${path}${said === "" ? "" : `: ${said}`}`,
    window: fault === "too-long" ? windowIn(body) : undefined,
    retryAfterMs: QUOTA.test(body) ? Number.POSITIVE_INFINITY : retryAfter(headers),
  });
}

/** As much of a refusal as is read. */
export async function beginningOf({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length >= MOST_READ) break;
  }
  return text;
}

/** @param body of the answer, where it is known: some providers tell more there than by the status */
function faultOf(status: number, body = ""): ModelFault {
  if (status === 401 || status === 403) return "key-refused";
  if (status === 405) return "unknown-path";
  if (status === 404) return ABOUT_MODEL.test(body) ? "unknown-model" : "unknown-path";
  if (status === 429) return "rate-limited";
  if (status === HTTP_TOO_LARGE || TOO_LONG.test(body)) return "too-long";
  if (status >= 500 || status === 408) return "server-failed";
  return FILTER.test(body) ? "filtered" : "bad-request";
}

/** A text for the operator: one line, short, without the key. */
export function excerpt(text: string, secret: string | undefined): string {
  const line = text.replace(/\s+/g, " ").trim();
  const harmless = secret === undefined || secret === "" ? line : line.replaceAll(secret, "…");
  return harmless.length <= EXCERPT ? harmless : `${harmless.slice(0, EXCERPT)}…`;
}

/** Milliseconds; `Retry-After` holds seconds or a date (RFC 9110, 10.2.3), OpenAI adds one in milliseconds. */
function retryAfter(headers: Headers): number | undefined {
  const exact = Number(headers.get("retry-after-ms") ?? Number.NaN);
  if (exact >= 0) return exact;
  const value = headers.get("retry-after");
  if (value === null) return undefined;
  const seconds = Number(value);
  if (seconds >= 0) return seconds * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
