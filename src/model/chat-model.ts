/** Port: messages in, a language model's text as it is written out. */

export interface ChatMessage {
  readonly role: "system" | "user";
  readonly content: string;
}

export interface ModelDelta {
  /** May be empty: then it tells that the model is at work, or carries one of the members below. */
  readonly text: string;
  /** What the model thinks aloud, which is none of its answer. */
  readonly thought?: string;
  /** The text of all deltas before was thought aloud, and `thought` repeats it: only its end has told. */
  readonly withdrawn?: true;
  /** Tokens of this request so far; each report replaces the one before. */
  readonly usage?: { readonly inputTokens: number; readonly outputTokens: number };
  /**
   * With the last delta, why the model ended: `stop`; `length`, it ran into LLM_MAX_TOKENS; `filtered`, a content
   * filter stopped it; `other`, anything else that is an end.
   */
  readonly finish?: "stop" | "length" | "filtered" | "other";
}

export interface ChatModel {
  /** "provider:model". */
  readonly name: string;
  /**
   * One request. Ending the iteration early, or `signal`, closes the connection to the model at once.
   * @throws ModelError; the reason of `signal` when that fired
   */
  stream(messages: readonly ChatMessage[], signal?: AbortSignal): AsyncIterable<ModelDelta>;
}

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
  "too-long": "the question with its sources is longer than the model reads",
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
  /** Of `too-long`: what the server said of its window and of the request. */
  readonly window?: ContextWindow | undefined;
}

/** Tokens, as a model's server counts them. */
export interface ContextWindow {
  /** Of prompt and answer together. */
  readonly contextTokens?: number | undefined;
  /** Of the prompt that was refused. */
  readonly promptTokens?: number | undefined;
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
  readonly window: ContextWindow;

  constructor(fault: ModelFault, { detail, retryAfterMs, window = {} }: ModelErrorOptions = {}) {
    super(detail === undefined || detail === "" ? REASONS[fault] : `${REASONS[fault]} (${detail})`);
    this.fault = fault;
    this.reason = REASONS[fault];
    this.retryAfterMs = retryAfterMs;
    this.window = window;
  }
}

/** How much is read of what a model's server sends for one answer. */
export interface ReadingLimits {
  /** UTF-16 code units of the answer's text. */
  readonly text: number;
  /** The same, with what the model thinks aloud before. */
  readonly said: number;
  /** Notes of the answer. */
  readonly notes: number;
  /** Bytes of one event or line of the response: the clients hold it until it is whole. */
  readonly event: number;
  /** Bytes of the response. */
  readonly response: number;
}

/** UTF-16 code units of a token: prose has 4 to 6, more than 8 no language. */
const TOKEN = 8;
/** Of these at least: a few tokens may all be long words. */
const LEAST_TEXT = 1000;
/** At most, whatever LLM_MAX_TOKENS: of what is longer, each stored checkpoint would hold up all others. */
const MOST_TEXT = 500_000;
/** Times the text. A model that does not count its thoughts is let think, but not for ever. */
const SAID = 8;
/** The same of a claim with its marker: in a table of figures too these are eight tokens. */
const CLAIM = 8 * TOKEN;
/** Bytes for the frame of an event and what a server repeats in it, and for each code unit: escaped, and twice. */
const EVENT = 1024 * 1024;
const EVENT_PER_UNIT = 16;
/** Bytes for the frames of all events, at 4 kB a token: 250 bytes are usual, with a filter's verdicts 1,000. */
const RESPONSE = 4 * 1024 * 1024;
const RESPONSE_PER_UNIT = 512;

/** @param maxTokens LLM_MAX_TOKENS: what the server is asked to keep to, and may not */
export function readingLimits(maxTokens: number): ReadingLimits {
  const text = Math.min(MOST_TEXT, Math.max(LEAST_TEXT, TOKEN * maxTokens));
  return {
    text,
    said: SAID * text,
    notes: Math.ceil(text / CLAIM),
    event: EVENT + EVENT_PER_UNIT * text,
    response: RESPONSE + RESPONSE_PER_UNIT * text,
  };
}
