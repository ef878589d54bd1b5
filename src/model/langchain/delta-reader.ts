import { z } from "zod";
import type { ModelDelta } from "../chat-model.ts";
import { type Heard, type LoneThoughts, ReasoningFilter } from "./reasoning-filter.ts";
import { TurnText } from "./turn-text.ts";

type Usage = NonNullable<ModelDelta["usage"]>;

/** Makes deltas of what a model streams: what it thinks aloud apart, and with the usage of all that came so far. */
export class DeltaReader {
  readonly #thoughts: ReasoningFilter;
  #turn = new TurnText();
  #usage: Usage = { inputTokens: 0, outputTokens: 0 };
  #finished = false;
  #hasText = false;
  #length = 0;

  constructor(expected?: LoneThoughts) {
    this.#thoughts = new ReasoningFilter(expected);
  }

  /** How the thoughts of the next answer will come, by this one. */
  get learnt(): LoneThoughts {
    return this.#thoughts.learnt;
  }

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
    const { text, thought = "", ...delta } = toDelta(message);
    this.#length += text.length + thought.length;
    this.#finished ||= delta.finish !== undefined;
    if (thought.trim() !== "") this.#thoughts.trust();
    const usage = delta.usage === undefined ? {} : { usage: this.#add(delta.usage) };
    return { ...delta, ...usage, ...this.#heard(this.#thoughts.push(text), thought) };
  }

  /** What was held back, when no more comes. */
  end(): ModelDelta {
    const heard = this.#heard(this.#thoughts.end());
    const rest = this.#turn.end();
    this.#hasText ||= /\S/.test(rest);
    return { ...heard, text: heard.text + rest };
  }

  #heard({ text: heard, thought, withdrawn }: Heard, apart = ""): ModelDelta {
    if (withdrawn) {
      this.#turn = new TurnText();
      this.#hasText = false;
    }
    const text = this.#turn.push(heard);
    this.#hasText ||= /\S/.test(text);
    return {
      text,
      ...(apart + thought === "" ? {} : { thought: apart + thought }),
      ...(withdrawn ? { withdrawn } : {}),
    };
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

const Part = z.object({ type: z.string().optional(), text: z.string().optional() });
/** Anthropic thinks in a text, Mistral in parts. */
const Block = z.object({
  type: z.string(),
  text: z.string().optional().catch(undefined),
  thinking: z
    .union([z.string(), z.array(Part)])
    .optional()
    .catch(undefined),
});
const Reasons = z.object({
  finish_reason: z.string().nullish(),
  finishReason: z.string().nullish(),
  stop_reason: z.string().nullish(),
  stopReason: z.string().nullish(),
  done_reason: z.string().nullish(),
  done: z.boolean().nullish().catch(undefined),
  reasoning_content: z.string().nullish().catch(undefined),
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
  const blocks = typeof content === "string" ? [] : content;
  const text =
    typeof content === "string"
      ? content
      : blocks.map((block) => (block.type === "text" ? (block.text ?? "") : "")).join("");
  const thought = (additional_kwargs?.reasoning_content ?? "") + blocks.map(thoughtOf).join("");
  const finish = finishOf(response_metadata) ?? finishOf(additional_kwargs);
  return {
    text,
    ...(thought === "" ? {} : { thought }),
    ...(finish === undefined ? {} : { finish }),
    ...(usage === undefined
      ? {}
      : { usage: { inputTokens: usage.input_tokens, outputTokens: usage.output_tokens } }),
  };
}

function thoughtOf({ thinking = "" }: z.infer<typeof Block>): string {
  return typeof thinking === "string" ? thinking : thinking.map(({ text = "" }) => text).join("");
}

function finishOf(reasons: z.infer<typeof Reasons> | undefined): ModelDelta["finish"] {
  const reason =
    reasons?.finish_reason ??
    reasons?.stop_reason ??
    reasons?.done_reason ??
    reasons?.finishReason ??
    reasons?.stopReason;
  if (typeof reason === "string" && reason !== "") return FINISH[reason] ?? "other";
  return reasons?.done === true ? "stop" : undefined;
}
