import type { End } from "./wire-format.ts";

/** What the server does with one request. */
export interface Scenario {
  /** Refuses with this status instead of streaming. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly message?: string;
  /** Sent one by one; those that have no end as fast as they are taken. */
  readonly tokens?: Iterable<string>;
  /** The whole response, of this type, in place of a stream. */
  readonly body?: { readonly type: string; readonly text: string };
  /** In place of tokens, as it goes over the wire. */
  readonly raw?: Iterable<string>;
  /** Milliseconds before the first token, and between two. */
  readonly firstMs?: number;
  readonly gapMs?: number;
  /** Bytes of a write at most: characters and events are then cut anywhere. */
  readonly chunkBytes?: number;
  /**
   * After the last token: an end; the socket destroyed; the response ended without a word; nothing more, ever;
   * something that is no JSON; an error as the provider streams it.
   */
  readonly ends?: End | "break" | "hang-up" | "stall" | "garbage" | "error";
}

/** A text as tokens of about four characters, none of them cutting a surrogate pair. */
export function tokensOf(text: string): string[] {
  return text.match(/[\s\S]{1,4}(?![\uDC00-\uDFFF])|[\s\S]{1,5}/g) ?? [];
}

/** One that answers `text` and ends. */
export function says(text: string, more: Scenario = {}): Scenario {
  return { tokens: tokensOf(text), ends: "stop", ...more };
}

const BEGINNING = "CoreInfer is a method for sparse inference";

/** The faults, by name. */
export const FAULTS = {
  "unknown model": { status: 404, message: "The model `nope` does not exist" },
  "rate limit": { status: 429, message: "Rate limit reached" },
  "rate limit for a long time": {
    status: 429,
    headers: { "Retry-After": "3600" },
    message: "Come back later",
  },
  "quota used up": { status: 429, message: "insufficient_quota: check your plan and billing details" },
  "server error": { status: 500, message: "internal error" },
  overloaded: { status: 529, message: "Overloaded" },
  "no first token": { tokens: [], ends: "stall" },
  "stall in the middle": says(BEGINNING, { ends: "stall" }),
  "broken off": says(BEGINNING, { ends: "break" }),
  "hung up": says(BEGINNING, { ends: "hang-up" }),
  "invalid JSON": says(BEGINNING, { ends: "garbage" }),
  "error in the stream": says(BEGINNING, { ends: "error" }),
  empty: { tokens: [], ends: "stop" },
  "content filter": says(BEGINNING, { ends: "filtered" }),
  "never cites": says("CoreInfer speeds up inference by a factor of ten. It needs no training at all."),
} as const satisfies Record<string, Scenario>;
