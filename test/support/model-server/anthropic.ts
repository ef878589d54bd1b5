import type { IncomingHttpHeaders } from "node:http";
import { z } from "zod";
import { byRole, Message, ok, type Refusal, USAGE, type WireFormat } from "./wire-format.ts";

const Text = z.array(z.object({ type: z.literal("text"), text: z.string() }));
const Body = z.object({
  model: z.string().min(1),
  max_tokens: z.int().min(1),
  system: z.union([z.string(), Text]).default(""),
  messages: z.array(Message.extend({ role: z.enum(["user", "assistant"]) })).min(1),
  stream: z.literal(true),
  temperature: z.number().min(0).max(1).optional(),
});

const event = (data: { type: string; [member: string]: unknown }): string =>
  `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;
const STOP = { stop: "end_turn", length: "max_tokens", filtered: "refusal" };
const refusal = (type: string, message: string): string =>
  JSON.stringify({ type: "error", error: { type, message }, request_id: "req_1" });

const start = (model: string) => ({
  type: "message_start",
  message: {
    id: "msg_1",
    type: "message",
    role: "assistant",
    model,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: { input_tokens: USAGE.input, output_tokens: 1 },
  },
});

function keyRefusal(headers: IncomingHttpHeaders, key: string): Refusal | undefined {
  if (headers["x-api-key"] === key) return undefined;
  return { status: 401, body: refusal("authentication_error", `invalid x-api-key: ${headers["x-api-key"]}`) };
}

/** Messages as server-sent events. */
export const anthropic: WireFormat = {
  path: "/v1/messages",
  contentType: "text/event-stream; charset=utf-8",
  models(path, headers, names, key) {
    const [, model] = /^\/v1\/models\/([^/]+)$/.exec(path) ?? [];
    if (model === undefined) return undefined;
    const refused = keyRefusal(headers, key);
    if (refused !== undefined) return refused;
    if (!names.includes(model)) return { status: 404, body: this.unknownModel(model) };
    // Asked for an alias, it answers with the name that this stands for.
    const id = `${model}-20250929`;
    return ok({ type: "model", id, display_name: "Test", created_at: "2025-09-29T00:00:00Z" });
  },
  unknownModel: (model) => refusal("not_found_error", `model: ${model}`),
  unknownPath: () => refusal("not_found_error", "Not Found"),
  check(headers, body, key) {
    const refused = keyRefusal(headers, key);
    if (refused !== undefined) return refused;
    const parsed = Body.safeParse(body);
    const version = headers["anthropic-version"];
    if (parsed.success && version !== undefined) return undefined;
    return {
      status: 400,
      body: refusal("invalid_request_error", parsed.error?.message ?? "anthropic-version"),
    };
  },
  messages(body) {
    const { system, messages } = Body.parse(body);
    const text = typeof system === "string" ? system : system.map((block) => block.text).join("\n");
    return { system: text, user: byRole(messages, "user") };
  },
  begin: (model) =>
    event(start(model)) +
    event({ type: "content_block_start", index: 0, content_block: { type: "text", text: "" } }) +
    event({ type: "ping" }),
  token: (text) => event({ type: "content_block_delta", index: 0, delta: { type: "text_delta", text } }),
  end: (why) =>
    event({ type: "content_block_stop", index: 0 }) +
    event({
      type: "message_delta",
      delta: { stop_reason: STOP[why], stop_sequence: null },
      usage: { output_tokens: USAGE.output },
    }) +
    event({ type: "message_stop" }),
  garbage: "event: content_block_delta\ndata: {not json at all\n\n",
  error: event({ type: "error", error: { type: "overloaded_error", message: "Overloaded" } }),
  refusal: (status, message) => refusal(status === 529 ? "overloaded_error" : "api_error", message),
};
