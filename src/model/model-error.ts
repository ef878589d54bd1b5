/** Why a language model gave no answer, as a person would say it. The one table of the faults that end in a fallback. */
const REASONS = {
  refused: "nothing answers at the address of the model's server",
  unreachable: "the model's server could not be reached",
  "unknown-host": "the address of the model's server does not exist",
  "key-refused": "the key for the model was refused",
  redirected: "the model's server sends on to another address, which is not followed",
  "unknown-model": "the model's server does not know this model",
  "unknown-path": "the model's server has nothing at the address that is set for it",
  "rate-limited": "the model's server asks to wait: too many requests, or the quota is used up",
  "bad-request": "the model's server did not accept the request",
  "server-failed": "the model's server failed",
  late: "the model did not begin to answer in time",
  stalled: "the model stopped in the middle of its answer",
  wordless: "the model came to no word of an answer in time",
  "too-much": "the model's server sent too much without an answer",
  "broken-off": "the connection to the model broke off in the middle of its answer",
  unreadable: "the model's server sent something that could not be read",
  empty: "the model's answer was empty",
  filtered: "the model's content filter stopped the answer",
  uncited: "the model's answer named none of its sources",
  unknown: "the model failed",
} as const;

export type ModelFault = keyof typeof REASONS;

interface ModelErrorOptions {
  /** For the operator alone: what the server said. Never holds a key. */
  readonly detail?: string | undefined;
  /** Milliseconds, where the server said when to come back. */
  readonly retryAfterMs?: number | undefined;
}

/**
 * A language model that failed. Has no `cause`: what client libraries throw carries the request, and with it the key.
 */
export class ModelError extends Error {
  override readonly name = "ModelError";
  readonly fault: ModelFault;
  /** In plain words, for anyone who asked. */
  readonly reason: string;
  readonly retryAfterMs: number | undefined;

  constructor(fault: ModelFault, { detail, retryAfterMs }: ModelErrorOptions = {}) {
    super(detail === undefined || detail === "" ? REASONS[fault] : `${REASONS[fault]} (${detail})`);
    this.fault = fault;
    this.reason = REASONS[fault];
    this.retryAfterMs = retryAfterMs;
  }
}
