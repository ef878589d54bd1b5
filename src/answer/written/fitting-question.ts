/** A question that is asked again with fewer sources where the model's window turns out too small for all. */
import { type ChatMessage, type ChatModel, type ModelDelta, ModelError } from "../../model/chat-model.ts";
import { estimateTokens } from "../../util/strings.ts";
import type { TokenLimits } from "./answer-messages.ts";

/** Requests for one answer at most. */
const MOST_REQUESTS = 4;
/** Of a window that turned out too small and is not told: what is tried next. */
const NEXT_SHARE = 0.6;
/** Of the window: for the answer at most, where it is smaller than was thought. */
const ANSWER_SHARE = 0.4;
/** Of what was too long: what may be asked next at most, whatever the server says of its window. */
const SHRINKING = 0.8;

/** How much a model reads, as far as that is known: LLM_CONTEXT_TOKENS, and what its server said since. */
export class ModelWindow {
  #limits: TokenLimits;

  constructor(limits: TokenLimits) {
    this.#limits = limits;
  }

  get limits(): TokenLimits {
    return this.#limits;
  }

  /** @param estimated tokens of the messages that were too long, as they are counted here */
  wasTooSmall({ window: { contextTokens, promptTokens } }: ModelError, estimated: number): void {
    const before = this.#limits;
    const told = contextTokens ?? Math.min(before.contextTokens, estimated + before.maxTokens) * NEXT_SHARE;
    // Its tokens may be shorter than those that are counted here.
    const ratio = promptTokens === undefined ? 1 : Math.min(1, estimated / promptTokens);
    const most = before.contextTokens * (told < before.contextTokens ? 1 : SHRINKING);
    const fitting = Math.floor(Math.min(told * ratio, most));
    const answer = Math.min(before.maxTokens, Math.floor(fitting * ANSWER_SHARE));
    this.#limits = { contextTokens: fitting, maxTokens: answer };
  }
}

interface Messages {
  readonly messages: readonly ChatMessage[];
  /** What is in them of each source, by its marker. */
  readonly shown: ReadonlyMap<number, string>;
}

export class FittingQuestion {
  readonly #model: ChatModel;
  readonly #window: ModelWindow;
  readonly #fill: (limits: TokenLimits) => Messages;
  #shown: ReadonlyMap<number, string> = new Map();

  /** @param fill the messages, with as many sources as fit */
  constructor(model: ChatModel, window: ModelWindow, fill: (limits: TokenLimits) => Messages) {
    this.#model = model;
    this.#window = window;
    this.#fill = fill;
  }

  /** What the model was shown of each source, by its marker, once it has begun. */
  get shown(): ReadonlyMap<number, string> {
    return this.#shown;
  }

  /** @throws ModelError; the reason of `signal` when that fired */
  async *stream(signal?: AbortSignal): AsyncGenerator<ModelDelta, void> {
    for (let asked = 1; ; asked++) {
      const { messages, shown } = this.#fill(this.#window.limits);
      this.#shown = shown;
      let begun = false;
      try {
        for await (const delta of this.#model.stream(messages, signal)) {
          begun ||= delta.text !== "";
          yield delta;
        }
        return;
      } catch (error) {
        const isTooLong = error instanceof ModelError && error.fault === "too-long";
        if (!isTooLong || begun || asked === MOST_REQUESTS || shown.size === 0) throw error;
        this.#window.wasTooSmall(
          error,
          messages.reduce((sum, { content }) => sum + estimateTokens(content), 0),
        );
      }
    }
  }
}
