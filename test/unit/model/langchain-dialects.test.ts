/** What servers that speak OpenAI's protocol in their own way come to, through LangChain's own reading of it. */
import { describe, expect, it } from "vitest";
import { loadConfig } from "../../../src/config.ts";
import { LangChainChatModel } from "../../../src/model/langchain/langchain-chat-model.ts";
import { openModelServer } from "../../support/model-server/open-model-server.ts";

const chunk = (delta: object, finish_reason: string | null = null): string =>
  `data: ${JSON.stringify({ id: "c", choices: [{ index: 0, delta, finish_reason }] })}\n\n`;

async function read(...raw: string[]) {
  const server = await openModelServer();
  server.scripts.answer = { raw, ends: "hang-up" };
  const { languageModel } = loadConfig(server.environment("openai"), "/nonexistent");
  if (languageModel === undefined) throw new Error("no language model");
  const model = await LangChainChatModel.load(languageModel);
  let text = "";
  let finish: string | undefined;
  try {
    for await (const delta of model.stream([{ role: "user", content: "What?" }])) {
      text += delta.text;
      finish = delta.finish ?? finish;
    }
    return { text, finish };
  } catch (error) {
    return { text, fault: (error as { fault?: string }).fault ?? error };
  }
}

describe("A server that speaks OpenAI's protocol", () => {
  it.each([
    ["stop", "stop"],
    ["length", "length"],
    ["MAX_TOKENS", "length"],
    ["refusal", "filtered"],
    ["content_filter", "filtered"],
    ["out of patience", "other"],
  ])("ends with %s, which is %s", async (reason, finish) => {
    expect(await read(chunk({ content: "Words." }), chunk({}, reason))).toEqual({ text: "Words.", finish });
    expect(await read(chunk({ content: "Words." }, reason))).toEqual({ text: "Words.", finish });
  });

  it.each([[""], [null]])("ends without a reason (%j)", async (reason) => {
    const told = await read(chunk({ content: "Wor" }, reason), chunk({ content: "ds" }, reason));
    expect(told).toEqual({ text: "Words", fault: "broken-off" });
  });

  it("has content that is no text, and thoughts in a field of their own", async () => {
    const told = await read(
      chunk({ content: [{ type: "thinking", thinking: [{ type: "text", text: "Hm." }] }] }),
      chunk({ reasoning_content: "Hm." }),
      chunk({ content: "<think>Hm.</think>" }),
      chunk({ content: "Words." }, "stop"),
    );
    expect(told).toEqual({ text: "Words.", finish: "stop" });
  });

  it("streams content of a shape of its own", async () => {
    const told = await read(
      chunk({ content: { hm: 1 } }),
      chunk({ content: 7 }),
      chunk({ content: ["Hm."] }),
      chunk({ content: "Words." }, "stop"),
    );
    expect(told).toEqual({ text: "Words.", finish: "stop" });
  });

  it("says the same fields with every event, empty or not", async () => {
    const delta = (at: number) => ({
      role: "assistant",
      content: "ab"[at],
      tool_calls: at === 0 ? null : [],
    });
    const more = (at: number) => ({
      model: "m",
      system_fingerprint: at === 0 ? null : "f",
      service_tier: "on",
    });
    const event = (at: number, finish_reason: string | null) =>
      `data: ${JSON.stringify({ ...more(at), choices: [{ index: 0, delta: { ...delta(at), reasoning_content: null }, finish_reason }] })}\n\n`;
    expect(await read(event(0, null), event(1, "stop"))).toEqual({ text: "ab", finish: "stop" });
    expect(await read(event(0, "stop"), event(1, "stop"))).toEqual({ text: "ab", finish: "stop" });
  });
});
