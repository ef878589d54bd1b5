/** A piece of a LangChain stream as a ModelDelta. Chunks differ by provider: only what is there is looked at. */
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
const Usage = z.object({ input_tokens: tokens, output_tokens: tokens });

/** What is used of a ChatGenerationChunk, and of the AIMessageChunk in it. */
const Chunk = z.object({
  message: z.object({
    content: z.union([z.string(), z.array(Block)]),
    additional_kwargs: Reasons.optional(),
    response_metadata: Reasons.optional(),
    usage_metadata: Usage.optional(),
  }),
  generationInfo: Reasons.optional(),
});

/**
 * What is used of a ChatModelStreamEvent; `usage` is of all that came so far. `reason` is LangChain's word, "stop" for
 * all that it does not know: the server's own stands in the metadata.
 */
const Event = z.object({
  event: z.string(),
  delta: z.object({ type: z.string(), text: z.unknown().optional() }).optional(),
  usage: Usage.optional(),
  reason: z.string().optional(),
  responseMetadata: Reasons.optional(),
});

/** As it comes from LangChain: a chunk, or an event. */
export type ModelPiece =
  | { readonly message: unknown; readonly generationInfo?: unknown }
  | { readonly event: string };

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

/** @throws ZodError for what is neither */
export function toDelta(piece: ModelPiece): ModelDelta {
  return "event" in piece ? deltaOfEvent(Event.parse(piece)) : deltaOfChunk(Chunk.parse(piece));
}

function deltaOfEvent({ delta, usage, reason, responseMetadata: own }: z.infer<typeof Event>): ModelDelta {
  // Some servers stream thoughts as content that is no string.
  const text = delta?.type === "text-delta" && typeof delta.text === "string" ? delta.text : "";
  const isOwn = own?.finish_reason !== undefined && own.finish_reason !== null;
  return toModelDelta(text, isOwn ? finishOf(own) : finishOf({ finish_reason: reason }), usage);
}

function deltaOfChunk({ message, generationInfo }: z.infer<typeof Chunk>): ModelDelta {
  const { content, usage_metadata: usage } = message;
  const text =
    typeof content === "string"
      ? content
      : content.map((block) => (block.type === "text" ? (block.text ?? "") : "")).join("");
  const finish =
    finishOf(message.response_metadata) ?? finishOf(generationInfo) ?? finishOf(message.additional_kwargs);
  return toModelDelta(text, finish, usage);
}

function toModelDelta(
  text: string,
  finish: ModelDelta["finish"],
  usage: z.infer<typeof Usage> | undefined,
): ModelDelta {
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
