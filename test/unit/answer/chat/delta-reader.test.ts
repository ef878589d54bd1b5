/** What servers that speak OpenAI's protocol in their own way come to, through LangChain's own reading of it. */
import { convertOpenAICompletionsStream } from "@langchain/core/language_models/openai_completions_stream";
import { describe, expect, it } from "vitest";
import { DeltaReader } from "../../../../src/answer/chat/delta-reader.ts";

type Source = Parameters<typeof convertOpenAICompletionsStream>[0];

const chunk = (delta: object, finish_reason: string | null = null) => ({
  id: "c",
  choices: [{ index: 0, delta, finish_reason }],
});

async function read(...chunks: object[]) {
  async function* source() {
    yield* chunks;
  }
  const reader = new DeltaReader();
  const deltas = [];
  for await (const event of convertOpenAICompletionsStream(source() as Source))
    deltas.push(reader.take(event));
  const text = deltas.map((delta) => delta.text).join("") + reader.end();
  return { text, finish: deltas.findLast(({ finish }) => finish)?.finish, finished: reader.finished };
}

describe("DeltaReader, of events", () => {
  it.each([
    ["stop", "stop"],
    ["length", "length"],
    ["MAX_TOKENS", "length"],
    ["refusal", "filtered"],
    ["content_filter", "filtered"],
    ["out of patience", "other"],
  ])("takes %s for %s: the server's word, not LangChain's for it", async (reason, finish) => {
    const told = await read(chunk({ content: "Words." }), chunk({}, reason));
    expect(told).toEqual({ text: "Words.", finish, finished: true });
  });

  it.each([[""], [null]])("knows an end without a reason (%j)", async (reason) => {
    const told = await read(chunk({ content: "Wor" }, reason), chunk({ content: "ds" }, reason));
    expect(told).toEqual({ text: "Words", finish: undefined, finished: false });
  });

  it("passes over content that is no text, and what is thought in a field of its own", async () => {
    const thought = [{ type: "thinking", thinking: [{ type: "text", text: "Hm." }] }];
    const told = await read(
      chunk({ content: thought }),
      chunk({ reasoning_content: "Hm." }),
      chunk({ content: "<think>Hm.</think>" }),
      chunk({ content: "Words." }, "stop"),
    );
    expect(told).toEqual({ text: "Words.", finish: "stop", finished: true });
  });
});
