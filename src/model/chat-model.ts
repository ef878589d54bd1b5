/** Port: messages in, a language model's text as it is written out. */

export interface ChatMessage {
  readonly role: "system" | "user";
  readonly content: string;
}

export interface ModelDelta {
  /** May be empty: then it tells that the model is at work, or carries one of the members below. */
  readonly text: string;
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
