/** Events of servers that speak OpenAI's protocol in their own way, as its client reads them. */
import { z } from "zod";
import { ModelError } from "../chat-model.ts";
import { excerpt } from "./faults.ts";

/** In an event as bytes: content that is no text, thoughts under another name, a comment, no delta. */
const DEVIATES = /"content"\s*:\s*[^"n\s]|"reasoning"\s*:|"delta"\s*:\s*null|"message"\s*:\s*\{|(?:^|\n):/;
const DONE = /(?:^|\n)data: ?\[DONE\]/;
/** In place of a comment: the client tells nobody of one, and it is a sign of life all the same. */
const SIGN_OF_LIFE = 'data: {"choices":[{"index":0,"delta":{"content":""}}]}';

const Part = z.looseObject({
  type: z.string().optional(),
  text: z.string().optional().catch(undefined),
  thinking: z.unknown().optional(),
});
const Delta = z.looseObject({
  content: z.unknown().optional(),
  reasoning: z.unknown().optional(),
  reasoning_content: z.unknown().optional(),
});
const Choice = z.looseObject({ delta: Delta.nullish(), message: Delta.nullish() });
const Event = z.looseObject({ choices: z.array(Choice) });

export const usualEvents = {
  /** Whether the server says in these events that it has said all. */
  areLast: (events: Buffer): boolean => events.includes("[DONE]") && DONE.test(events.toString("latin1")),

  /** @param events whole; given back as they are where nothing is unusual, which a look at the bytes tells */
  of(events: Buffer): Buffer {
    if (!DEVIATES.test(events.toString("latin1"))) return events;
    const lines = events.toString("utf8").split(/\r\n|\r|\n/);
    return Buffer.from(lines.map(usualLine).join("\n"));
  },
};

function usualLine(line: string): string {
  if (line.startsWith(":")) return SIGN_OF_LIFE;
  if (!line.startsWith("data:") || !DEVIATES.test(line)) return line;
  const parsed = Event.safeParse(parse(line.slice("data:".length)));
  if (!parsed.success) return line;
  const choices = parsed.data.choices.map(({ delta, message, ...rest }) => ({
    ...rest,
    delta: usualDelta(delta ?? message ?? { content: "" }),
  }));
  return `data: ${JSON.stringify({ ...parsed.data, choices })}`;
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function usualDelta({ content, reasoning, reasoning_content, ...rest }: z.infer<typeof Delta>) {
  const parts = partsOf(content);
  const text = typeof content === "string" ? content : parts.map((part) => part.text ?? "").join("");
  const told = [reasoning_content, reasoning].find((one) => typeof one === "string" && one !== "") ?? "";
  const thought = told + parts.map(thoughtOf).join("");
  return { ...rest, content: text, ...(thought === "" ? {} : { reasoning_content: thought }) };
}

function thoughtOf({ thinking }: Partial<z.infer<typeof Part>>): string {
  if (typeof thinking === "string") return thinking;
  return partsOf(thinking)
    .map(({ text = "" }) => text)
    .join("");
}

function partsOf(content: unknown): z.infer<typeof Part>[] {
  const parts: unknown[] = Array.isArray(content) ? content : [];
  return parts.map((part) => Part.safeParse(part).data ?? {});
}

const Message = z.object({
  content: z.array(z.looseObject({ type: z.string() })),
  stop_reason: z.string().nullish(),
  usage: z.looseObject({}).optional(),
});
const Whole = z.looseObject({ choices: z.array(z.looseObject({})).min(1) });
const Failed = z.object({ error: z.union([z.string(), z.looseObject({ message: z.string() })]) });

/**
 * An answer that came as one JSON object though a stream was asked for, as the stream that it should have been.
 * @returns undefined for what is none
 * @throws ModelError where it says why there is none
 */
export function streamed(json: string, secret: string | undefined): string | undefined {
  const body = parse(json);
  const failed = Failed.safeParse(body).data?.error;
  if (failed !== undefined) {
    const said = typeof failed === "string" ? failed : failed.message;
    // What it has at another path: as an answer without words.
    if (/\bendpoint\b/i.test(said)) return undefined;
    throw new ModelError("server-failed", { detail: excerpt(said, secret) });
  }
  const whole = Whole.safeParse(body).data;
  if (whole !== undefined) return `${usualLine(`data: ${JSON.stringify(whole)}`)}\n\ndata: [DONE]\n\n`;
  const message = Message.safeParse(body).data;
  return message === undefined ? undefined : anthropicEvents(message, body as object);
}

function anthropicEvents({ content, stop_reason, usage }: z.infer<typeof Message>, body: object): string {
  const start = {
    ...body,
    content: [],
    stop_reason: null,
    usage: usage ?? { input_tokens: 0, output_tokens: 0 },
  };
  const texts = content.filter(({ type }) => type === "text");
  const events = [
    { type: "message_start", message: start },
    { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
    ...texts.map(({ text }) => ({
      type: "content_block_delta",
      index: 0,
      delta: { type: "text_delta", text },
    })),
    { type: "content_block_stop", index: 0 },
    {
      type: "message_delta",
      delta: { stop_reason: stop_reason ?? "end_turn", stop_sequence: null },
      usage: { output_tokens: usage?.output_tokens ?? 0 },
    },
    { type: "message_stop" },
  ];
  return events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join("");
}
