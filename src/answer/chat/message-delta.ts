/** A chunk of a LangChain stream as a ModelDelta. Chunks differ by provider: only what is there is looked at. */
import { z } from "zod";
import type { ModelDelta } from "./chat-model.ts";

const Block = z.object({ type: z.string(), text: z.string().optional() });
const Reasons = z.object({
  finish_reason: z.string().nullish(),
  finishReason: z.string().nullish(),
  stop_reason: z.string().nullish(),
  stopReason: z.string().nullish(),
  done_reason: z.string().nullish(),
});
const tokens = z.int().min(0);

/** What is used of a ChatGenerationChunk, and of the AIMessageChunk in it. */
const Chunk = z.object({
  message: z.object({
    content: z.union([z.string(), z.array(Block)]),
    additional_kwargs: Reasons.optional(),
    response_metadata: Reasons.optional(),
    usage_metadata: z.object({ input_tokens: tokens, output_tokens: tokens }).optional(),
  }),
  generationInfo: Reasons.optional(),
});

/** As it comes from LangChain. */
export interface ModelChunk {
  readonly message: unknown;
  readonly generationInfo?: unknown;
}

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

/** @throws ZodError */
export function toDelta(chunk: ModelChunk): ModelDelta {
  const { message, generationInfo } = Chunk.parse(chunk);
  const { content, usage_metadata: usage } = message;
  const text =
    typeof content === "string"
      ? content
      : content.map((block) => (block.type === "text" ? (block.text ?? "") : "")).join("");
  const finish =
    finishOf(message.response_metadata) ?? finishOf(generationInfo) ?? finishOf(message.additional_kwargs);
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
