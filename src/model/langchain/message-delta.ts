/** A message of a LangChain stream as a ModelDelta. Chunks differ by provider: only what is there is looked at. */
import { z } from "zod";
import type { ModelDelta } from "../chat-model.ts";

const Block = z.object({ type: z.string(), text: z.string().optional() });
const Reasons = z.object({
  finish_reason: z.string().nullish(),
  finishReason: z.string().nullish(),
  stop_reason: z.string().nullish(),
  stopReason: z.string().nullish(),
  done_reason: z.string().nullish(),
});
const tokens = z.int().min(0);
const Usage = z.object({ input_tokens: tokens, output_tokens: tokens });

/** What is used of an AIMessageChunk. Some servers send content of a shape of their own: no text of an answer. */
const Message = z.object({
  content: z.union([z.string(), z.array(Block)]).catch(""),
  additional_kwargs: Reasons.optional(),
  response_metadata: Reasons.optional(),
  usage_metadata: Usage.optional(),
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
export function toDelta(message: unknown): ModelDelta {
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
