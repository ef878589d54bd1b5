import type { ModelDelta } from "../chat-model.ts";
import { toDelta } from "./message-delta.ts";
import { ReasoningFilter } from "./reasoning-filter.ts";

type Usage = NonNullable<ModelDelta["usage"]>;

/** Makes deltas of what a model streams: without what it thinks aloud, and with the usage of all that came so far. */
export class DeltaReader {
  readonly #thoughts = new ReasoningFilter();
  #usage: Usage = { inputTokens: 0, outputTokens: 0 };
  #finished = false;
  #hasText = false;
  #length = 0;

  /** The model has told why it ended. */
  get finished(): boolean {
    return this.#finished;
  }

  /** More than white space has come. */
  get hasText(): boolean {
    return this.#hasText;
  }

  /** UTF-16 code units of all text so far, what was thought aloud in it too. */
  get length(): number {
    return this.#length;
  }

  /** @throws ZodError for what no chat model streams */
  take(message: unknown): ModelDelta {
    const delta = toDelta(message);
    this.#length += delta.text.length;
    const text = this.#thoughts.push(delta.text);
    this.#finished ||= delta.finish !== undefined;
    this.#hasText ||= /\S/.test(text);
    return delta.usage === undefined ? { ...delta, text } : { ...delta, text, usage: this.#add(delta.usage) };
  }

  /** The text that was held back, when no more comes. */
  end(): string {
    const rest = this.#thoughts.end();
    this.#hasText ||= /\S/.test(rest);
    return rest;
  }

  /** Providers report in parts (Anthropic: input first, output last), each part with what it knows and zeros. */
  #add({ inputTokens, outputTokens }: Usage): Usage {
    this.#usage = {
      inputTokens: Math.max(this.#usage.inputTokens, inputTokens),
      outputTokens: Math.max(this.#usage.outputTokens, outputTokens),
    };
    return this.#usage;
  }
}
