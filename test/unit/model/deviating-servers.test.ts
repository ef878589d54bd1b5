/** What servers are that deviate a little from the protocol they speak, through the real clients. */
import { describe, expect, it } from "vitest";
import { loadConfig } from "../../../src/config.ts";
import { LangChainChatModel } from "../../../src/model/langchain/langchain-chat-model.ts";
import type { ModelServer, Provider, RecordedRequest } from "../../support/model-server/model-server.ts";
import { openModelServer } from "../../support/model-server/open-model-server.ts";
import { type Scenario, says } from "../../support/model-server/scenario.ts";

const MESSAGES = [
  { role: "system", content: "Answer." },
  { role: "user", content: "What?" },
] as const;
const DONE = "data: [DONE]\n\n";
const chunk = (delta: object | null, finish_reason: string | null = null): string =>
  `data: ${JSON.stringify({ id: "c", choices: [{ index: 0, delta, finish_reason }] })}\n\n`;

async function load(server: ModelServer, provider: Provider, more: Record<string, string> = {}) {
  const { languageModel } = loadConfig({ ...server.environment(provider), ...more }, "/nonexistent");
  if (languageModel === undefined) throw new Error("no language model");
  return LangChainChatModel.load(languageModel);
}

async function read(model: LangChainChatModel) {
  let text = "";
  let thought = "";
  let finish: string | undefined;
  let signs = 0;
  try {
    for await (const delta of model.stream(MESSAGES)) {
      text = (delta.withdrawn ? "" : text) + delta.text;
      thought += delta.thought ?? "";
      finish = delta.finish ?? finish;
      signs++;
    }
    return { text, thought, finish, signs };
  } catch (error) {
    const { fault, message, window } = error as { fault?: string; message: string; window?: object };
    return { text, thought, fault: fault ?? message, message, window };
  }
}

async function answer(scenario: Scenario, provider: Provider = "openai", more: Record<string, string> = {}) {
  const server = await openModelServer();
  server.scripts.answer = scenario;
  return read(await load(server, provider, more));
}

describe("a stream in its own way", () => {
  it("ends with [DONE] and no reason", async () => {
    const raw = [chunk({ content: "Wor" }), chunk({ content: "ds." }), DONE];
    expect(await answer({ raw, ends: "hang-up" })).toMatchObject({ text: "Words." });
    const compact = [chunk({ content: "Words." }).replace("data: ", "data:"), "data:[DONE]\r\n\r\n"];
    expect(await answer({ raw: compact, ends: "hang-up" })).toMatchObject({ text: "Words." });
    expect(await answer({ raw: [DONE], ends: "hang-up" })).toMatchObject({ fault: "empty" });
    const said = [chunk({ content: "data: [DONE]" })];
    expect(await answer({ raw: said, ends: "hang-up" })).toMatchObject({ fault: "broken-off" });
  });

  it("ends as done, without a reason, as some Ollama do", async () => {
    const line = (content: string, done: boolean) =>
      `${JSON.stringify({ message: { role: "assistant", content }, done })}\n`;
    const raw = [line("Words.", false), line("", true)];
    expect(await answer({ raw, ends: "hang-up" }, "ollama")).toMatchObject({
      text: "Words.",
      finish: "stop",
    });
  });

  it("has content as parts, and thoughts among them", async () => {
    const raw = [
      chunk({ content: [{ type: "thinking", thinking: [{ type: "text", text: "Hm [2]." }] }] }),
      chunk({
        content: [
          { type: "text", text: "Wor" },
          { type: "text", text: "ds" },
        ],
      }),
      chunk({ content: [{ type: "text", text: " é." }] }, "stop"),
      DONE,
    ];
    expect(await answer({ raw, ends: "hang-up", chunkBytes: 7 })).toMatchObject({
      text: "Words é.",
      thought: "Hm [2].",
    });
  });

  it.each(["reasoning_content", "reasoning"])("thinks in %s", async (member) => {
    const raw = [
      chunk({ [member]: "Hm " }),
      chunk({ content: "", [member]: "[2]." }),
      chunk({ content: "Words." }, "stop"),
      DONE,
    ];
    expect(await answer({ raw, ends: "hang-up" })).toMatchObject({ text: "Words.", thought: "Hm [2]." });
  });

  it("thinks in a member of Ollama's, and in blocks of Anthropic's", async () => {
    const line = (message: object, done: boolean) =>
      `${JSON.stringify({ message: { role: "assistant", content: "", ...message }, done, ...(done ? { done_reason: "stop" } : {}) })}\n`;
    const raw = [line({ thinking: "Hm [2]." }, false), line({ content: "Words." }, false), line({}, true)];
    expect(await answer({ raw, ends: "hang-up" }, "ollama")).toMatchObject({
      text: "Words.",
      thought: "Hm [2].",
    });
    const event = (data: { type: string }) => `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;
    const blocks = [
      event({
        type: "content_block_start",
        index: 1,
        content_block: { type: "thinking", thinking: "" },
      } as never),
      event({
        type: "content_block_delta",
        index: 1,
        delta: { type: "thinking_delta", thinking: "Hm [2]." },
      } as never),
      event({
        type: "content_block_delta",
        index: 0,
        delta: { type: "text_delta", text: "Words." },
      } as never),
    ];
    expect(await answer({ raw: blocks, ends: "stop" }, "anthropic")).toMatchObject({
      text: "Words.",
      thought: "Hm [2].",
    });
  });

  it("says nothing but comments, which are signs of life", async () => {
    const raw = [": PROCESSING\n\n", ": PROCESSING\n\n", chunk({ content: "Words." }, "stop"), DONE];
    const told = await answer({ raw, ends: "hang-up", gapMs: 5 });
    expect(told).toMatchObject({ text: "Words." });
    expect(told.signs).toBeGreaterThanOrEqual(3);
  });

  it("has no delta, or a message in its place", async () => {
    const message = `data: ${JSON.stringify({ choices: [{ index: 0, message: { content: "ds." }, finish_reason: "stop" }] })}\n\n`;
    expect(
      await answer({ raw: [chunk({ content: "Wor" }), chunk(null), message, DONE], ends: "hang-up" }),
    ).toMatchObject({ text: "Words." });
  });

  it("is one JSON object", async () => {
    const whole = (more: object) => ({
      body: { type: "application/json", text: JSON.stringify(more, null, 2) },
    });
    const message = { role: "assistant", content: "Words é.", reasoning: "Hm." };
    const choices = [{ index: 0, message, finish_reason: "length" }];
    const usage = { prompt_tokens: 5, completion_tokens: 6, total_tokens: 11 };
    expect(await answer(whole({ id: "c", object: "chat.completion", choices, usage }))).toMatchObject({
      text: "Words é.",
      thought: "Hm.",
      finish: "length",
    });
    const block = {
      id: "m",
      type: "message",
      role: "assistant",
      model: "m",
      content: [{ type: "text", text: "Words." }],
      stop_reason: "end_turn",
      usage: { input_tokens: 1, output_tokens: 2 },
    };
    expect(await answer(whole(block), "anthropic")).toMatchObject({ text: "Words.", finish: "stop" });
    const failed = await answer(whole({ error: { message: "out of credit" } }));
    expect(failed).toMatchObject({ fault: "server-failed" });
    expect(failed.message).toContain("out of credit");
    expect((await answer(whole({ hello: 1 }))).fault).toBeDefined();
  });

  it("is a stream, and called JSON", async () => {
    const text = chunk({ content: "Words." }, "stop") + DONE;
    expect(await answer({ body: { type: "application/json", text } })).toMatchObject({ text: "Words." });
  });
});

describe("a request that is refused", () => {
  type Body = Record<string, unknown> & { messages: { role: string; content: string }[] };
  const isSystem = (body: Body) => body.messages.some(({ role }) => role === "system");

  async function refusing(
    refuses: (body: Body) => string | undefined,
    { status = 400, provider = "openai" as Provider } = {},
  ) {
    const server = await openModelServer();
    server.scripts.answer = ({ body }: RecordedRequest) => {
      const message = refuses(body as Body);
      return message === undefined ? says("Words.") : { status, message };
    };
    const model = await load(server, provider, { LLM_TEMPERATURE: "0.2", LLM_MAX_TOKENS: "9000" });
    const first = await read(model);
    const asked = server.requests.length;
    const second = await read(model);
    const body = server.requests.at(-1)?.body as Body;
    return { first, second, asked, again: server.requests.length - asked, body };
  }

  it.each<[string, (body: Body) => string | undefined, number?]>([
    [
      "stream_options",
      (body) =>
        "stream_options" in body ? "Unrecognized request argument supplied: stream_options" : undefined,
    ],
    [
      "temperature",
      (body) =>
        "temperature" in body
          ? "Unsupported value: 'temperature' does not support 0.2 with this model."
          : undefined,
    ],
    [
      "max_tokens",
      (body) =>
        "max_tokens" in body
          ? "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."
          : undefined,
    ],
    [
      "max_tokens under any name",
      (body) =>
        "max_tokens" in body || "max_completion_tokens" in body ? "extra inputs: max_tokens" : undefined,
    ],
    [
      "so many tokens",
      (body) =>
        Number(body.max_tokens) > 4096
          ? `max_tokens is too large: ${body.max_tokens}. This model supports at most 4096 completion tokens`
          : undefined,
    ],
    ["a system role", (body) => (isSystem(body) ? "System role not supported" : undefined)],
    [
      "a system role, by its template",
      (body) =>
        isSystem(body) ? "Value is not callable: raise_exception('System role not supported')" : undefined,
      500,
    ],
    [
      "a conversation that begins so",
      (body) =>
        isSystem(body) ? "Conversation roles must alternate user/assistant/user/assistant/..." : undefined,
    ],
    [
      "three things, one by one",
      (body) =>
        isSystem(body)
          ? "system messages are not supported"
          : "temperature" in body
            ? "temperature?"
            : "stream_options" in body
              ? "stream_options?"
              : undefined,
    ],
    [
      "something that it does not name",
      (body) => ("stream_options" in body ? "Unsupported argument" : undefined),
      422,
    ],
    ["a system role that it does not name", (body) => (isSystem(body) ? "Unsupported argument" : undefined)],
  ])("refuses %s: is asked again without, once", async (_, refuses, status = 400) => {
    const { first, second, asked, again, body } = await refusing(refuses, { status });
    expect(first).toMatchObject({ text: "Words." });
    expect(asked).toBeGreaterThan(1);
    expect(second).toMatchObject({ text: "Words." });
    expect(again).toBe(1);
    const said = body.messages.map(({ content }) => content).join("\n");
    expect(said).toMatch(/Answer\.[\s\S]*What\?/);
  });

  it("is taken for refused when nothing helps, and then no more is tried", async () => {
    const { first, asked, again } = await refusing(() => "Unsupported argument");
    expect(first).toMatchObject({ fault: "bad-request" });
    expect(asked).toBeLessThanOrEqual(3);
    expect(again).toBe(1);
  });

  it.each([
    [
      400,
      "This model's maximum context length is 2048 tokens. However, you requested 9000 tokens (4000 in the messages, 5000 in the completion).",
      2048,
      4000,
    ],
    [
      400,
      "request (3000 tokens) exceeds the available context size (2048 tokens), try increasing it",
      2048,
      3000,
    ],
    [400, '{"code":400,"type":"exceed_context_size_error","n_prompt_tokens":3001,"n_ctx":2048}', 2048, 3001],
    [
      400,
      "The number of tokens to keep from the initial prompt is greater than the context length (n_keep: 5000>= n_ctx: 4096)",
      4096,
      5000,
    ],
    [400, "prompt is too long: 210000 tokens > 200000 maximum", 200_000, 210_000],
    [
      422,
      "`inputs` tokens + `max_new_tokens` must be <= 4096. Given: 4000 `inputs` tokens and 1024 `max_new_tokens`",
      4096,
      4000,
    ],
    [400, "The input (5000 tokens) is longer than the model's context length (4096 tokens).", 4096, 5000],
    [
      400,
      "The input token count (40000) exceeds the maximum number of tokens allowed (32768).",
      32_768,
      40_000,
    ],
    [500, "the prompt exceeds the context window", undefined, undefined],
    [413, "Payload too large", undefined, undefined],
  ])("is too long (%i, %s)", async (status, message, contextTokens, promptTokens) => {
    const told = await answer({ status, message });
    expect(told).toMatchObject({ fault: "too-long" });
    expect(told.window).toEqual(
      contextTokens === undefined ? expect.anything() : { contextTokens, promptTokens },
    );
  });
});
