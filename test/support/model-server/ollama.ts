import { z } from "zod";
import { byRole, Message, ok, USAGE, type WireFormat } from "./wire-format.ts";

const Body = z.object({
  model: z.string().min(1),
  messages: z.array(Message).min(1),
  stream: z.literal(true),
  options: z.object({ num_ctx: z.int().min(1024), num_predict: z.int().min(1) }),
});

const line = (data: object): string =>
  `${JSON.stringify({ model: "test-model", created_at: "2026-01-01T00:00:00Z", ...data })}\n`;
const REASON = { stop: "stop", length: "length", filtered: "content_filter" };

/** Chat as one JSON object a line. There are no keys. */
export const ollama: WireFormat = {
  path: "/api/chat",
  contentType: "application/x-ndjson",
  models(path, _, names) {
    if (path !== "/api/tags") return undefined;
    const models = names.map((name) => ({ name: `${name}:latest`, model: `${name}:latest`, size: 1 }));
    return ok({ models });
  },
  unknownModel: (model) => JSON.stringify({ error: `model '${model}' not found` }),
  unknownPath: () => "404 page not found",
  check(_, body) {
    const parsed = Body.safeParse(body);
    return parsed.success
      ? undefined
      : { status: 400, body: JSON.stringify({ error: parsed.error.message }) };
  },
  messages(body) {
    const { messages } = Body.parse(body);
    return { system: byRole(messages, "system"), user: byRole(messages, "user") };
  },
  begin: () => "",
  token: (text) => line({ message: { role: "assistant", content: text }, done: false }),
  end: (why) =>
    line({
      message: { role: "assistant", content: "" },
      done: true,
      done_reason: REASON[why],
      total_duration: 1_000_000,
      prompt_eval_count: USAGE.input,
      eval_count: USAGE.output,
    }),
  garbage: "{not json at all\n",
  error: `${JSON.stringify({ error: "an error was encountered while running the model" })}\n`,
  refusal: (_, message) => JSON.stringify({ error: message }),
};
