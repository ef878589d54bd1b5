import { z } from "zod";
import type { ModelDelta } from "../chat-model.ts";

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

const Block = z.object({ type: z.string(), text: z.string().optional() });
const Reasons = z.object({
  finish_reason: z.string().nullish(),
  finishReason: z.string().nullish(),
  stop_reason: z.string().nullish(),
  stopReason: z.string().nullish(),
  done_reason: z.string().nullish(),
});
const tokens = z.int().min(0);
const ReportedUsage = z.object({ input_tokens: tokens, output_tokens: tokens });

/** What is used of an AIMessageChunk. Some servers send content of a shape of their own: no text of an answer. */
const Message = z.object({
  content: z.union([z.string(), z.array(Block)]).catch(""),
  additional_kwargs: Reasons.optional(),
  response_metadata: Reasons.optional(),
  usage_metadata: ReportedUsage.optional(),
});

const FINISH: Record<string, ModelDelta["finish"]> = {
  stop: "stop",
  end_turn: "stop",
  stop_sequence: "stop",
  length: "length",
  max_tokens: "length",
  MAX_TOKENS: "length",
  content_filter: "filtered",
  refusal: "filtered",
  SAFETY: "filtered",
};

/**
 * @param message as LangChain streams it
 * @throws ZodError for what no chat model streams
 */
function toDelta(message: unknown): ModelDelta {
  const { content, usage_metadata: usage, response_metadata, additional_kwargs } = Message.parse(message);
  const text =
    typeof content === "string"
      ? content
      : content.map((block) => (block.type === "text" ? (block.text ?? "") : "")).join("");
  const finish = finishOf(response_metadata) ?? finishOf(additional_kwargs);
  return {
    text,
    ...(finish === undefined ? {} : { finish }),
    ...(usage === undefined
      ? {}
      : { usage: { inputTokens: usage.input_tokens, outputTokens: usage.output_tokens } }),
  };
}

function finishOf(reasons: z.infer<typeof Reasons> | undefined): ModelDelta["finish"] {
  const reason =
    reasons?.finish_reason ??
    reasons?.stop_reason ??
    reasons?.done_reason ??
    reasons?.finishReason ??
    reasons?.stopReason;
  return typeof reason === "string" && reason !== "" ? (FINISH[reason] ?? "other") : undefined;
}

const OPEN = "<think>";
const CLOSE = "</think>";

/**
 * Takes out what a reasoning model thinks aloud before it answers: a `<think>` block at the head of the text, as
 * servers leave it there for models whose thoughts they do not tell apart. Holds back only what may still be one.
 */
export class ReasoningFilter {
  #held = "";
  #state: "head" | "thinking" | "answering" = "head";

  /** What of the text so far may be shown and was not yet. */
  push(text: string): string {
    this.#held += text;
    if (this.#state === "head") this.#lookForOpening();
    if (this.#state === "thinking") this.#lookForClosing();
    return this.#state === "answering" ? this.#take() : "";
  }

  /** What was held back, when the text is over: a thought without an end is no answer. */
  end(): string {
    return this.#state === "head" ? this.#take() : "";
  }

  #lookForOpening(): void {
    // White space before an answer is none of it, and some models begin with nothing else.
    this.#held = this.#held.trimStart();
    if (this.#held.startsWith(OPEN)) this.#state = "thinking";
    else if (!OPEN.startsWith(this.#held)) this.#state = "answering";
  }

  #lookForClosing(): void {
    const at = this.#held.indexOf(CLOSE);
    // All but what may be the beginning of the end is forgotten: thoughts run to many pages.
    this.#held = at < 0 ? this.#held.slice(-CLOSE.length) : this.#held.slice(at + CLOSE.length).trimStart();
    if (at >= 0) this.#state = "answering";
  }

  #take(): string {
    const text = this.#held;
    this.#held = "";
    return text;
  }
}
