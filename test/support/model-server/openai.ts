import type { IncomingHttpHeaders } from "node:http";
import { z } from "zod";
import { byRole, Message, ok, type Refusal, USAGE, type WireFormat } from "./wire-format.ts";

const Body = z.object({
  model: z.string().min(1),
  messages: z.array(Message).min(1),
  stream: z.literal(true),
  stream_options: z.object({ include_usage: z.literal(true) }).optional(),
  max_tokens: z.int().min(1).optional(),
  max_completion_tokens: z.int().min(1).optional(),
  temperature: z.number().min(0).max(2).optional(),
});

const event = (data: object): string => `data: ${JSON.stringify(data)}\n\n`;
const chunk = (delta: object, finish: string | null = null): string =>
  event({
    id: "chatcmpl-1",
    object: "chat.completion.chunk",
    created: 1_700_000_000,
    model: "test-model",
    system_fingerprint: "fp_1",
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
  });
const FINISH = { stop: "stop", length: "length", filtered: "content_filter" };
const refusal = (message: string, code: string | null = null): string =>
  JSON.stringify({ error: { message, type: "invalid_request_error", param: null, code } });

function keyRefusal(headers: IncomingHttpHeaders, key: string): Refusal | undefined {
  if (headers.authorization === `Bearer ${key}`) return undefined;
  const body = refusal(`Incorrect API key provided: ${headers.authorization}`, "invalid_api_key");
  return { status: 401, body };
}

/** Chat completions as server-sent events. */
export const openai: WireFormat = {
  path: "/v1/chat/completions",
  contentType: "text/event-stream; charset=utf-8",
  models(path, headers, names, key) {
    if (path !== "/v1/models") return undefined;
    const data = names.map((id) => ({ id, object: "model", created: 1_700_000_000, owned_by: "test" }));
    return keyRefusal(headers, key) ?? ok({ object: "list", data });
  },
  unknownModel: (model) =>
    refusal(`The model \`${model}\` does not exist or you do not have access to it.`, "model_not_found"),
  unknownPath: (method, path) => refusal(`Invalid URL (${method} ${path})`),
  check(headers, body, key) {
    const refused = keyRefusal(headers, key);
    if (refused !== undefined) return refused;
    const parsed = Body.safeParse(body);
    return parsed.success ? undefined : { status: 400, body: refusal(parsed.error.message) };
  },
  messages(body) {
    const { messages } = Body.parse(body);
    return { system: byRole(messages, "system"), user: byRole(messages, "user") };
  },
  begin: () => chunk({ role: "assistant", content: "", refusal: null }),
  token: (text) => chunk({ content: text }),
  end: (why) =>
    chunk({}, FINISH[why]) +
    event({
      id: "chatcmpl-1",
      object: "chat.completion.chunk",
      created: 1_700_000_000,
      model: "test-model",
      choices: [],
      usage: {
        prompt_tokens: USAGE.input,
        completion_tokens: USAGE.output,
        total_tokens: USAGE.input + USAGE.output,
      },
    }) +
    "data: [DONE]\n\n",
  garbage: "data: {not json at all\n\n",
  error: event({ error: { message: "The server had an error", type: "server_error", code: null } }),
  refusal: (_, message) => refusal(message),
};
