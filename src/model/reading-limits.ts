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
