/** Language models as people run them: those that think aloud, and servers with small windows. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { AnsweringServer, answerOf, streamed } from "../support/answering-server.ts";
import type { RecordedRequest } from "../support/model-server/model-server.ts";
import { openModelServer } from "../support/model-server/open-model-server.ts";
import { says } from "../support/model-server/scenario.ts";

const FACT = "What speedup does CoreInfer achieve on an NVIDIA TITAN XP GPU?";
const ANSWER = "On an NVIDIA TITAN XP GPU, CoreInfer achieves a 10.33 times speedup over Hugging Face [1].";
const THOUGHT = "The user asks for a speedup, and source [2] may say that it is 99 times [2].";

const index = mkdtempSync(path.join(tmpdir(), "footnote-test-"));
afterAll(() => rmSync(index, { recursive: true }));

async function open() {
  const models = await openModelServer();
  return { models, server: await AnsweringServer.start(models, { index }) };
}

describe("a model that thinks aloud", () => {
  it("has none of its thoughts in the answer or its notes, in whatever form they come", async () => {
    const { models, server } = await open();
    for (const said of [
      `<think>${THOUGHT}</think>${ANSWER}`,
      `[THINK]${THOUGHT}[/THINK]\n\n${ANSWER}`,
      `<|channel|>analysis<|message|>${THOUGHT}<|end|><|start|>assistant<|channel|>final<|message|>${ANSWER}<|return|>`,
      `${THOUGHT}\n</think>\n\n${ANSWER}`,
      `${THOUGHT}\n</think>\n\n${ANSWER}`,
    ]) {
      models.scripts.answer = says(said);
      const frames = await server.ask(FACT);
      const answer = answerOf(frames);
      expect(answer).toMatchObject({ text: ANSWER, confidence: "high", thoughts: THOUGHT });
      expect(answer.citations.map(({ marker }) => marker)).toEqual([1]);
      expect(answer.fallback).toBeUndefined();
      expect(streamed(frames)).toBe(ANSWER);
    }
  });

  it("may turn out to have thought only at its end: what was shown is replaced", async () => {
    const { models, server } = await open();
    const said = `It may be source [2]. ${THOUGHT}\n</think>\n\n${ANSWER}`;
    models.scripts.answer = says(said);
    const frames = await server.ask(FACT);
    expect(answerOf(frames)).toMatchObject({ text: ANSWER, confidence: "high" });
    expect(answerOf(frames).citations.map(({ marker }) => marker)).toEqual([1]);
    expect(streamed(frames)).not.toContain("10.33");
    // From then on it is known.
    expect(streamed(await server.ask(FACT))).toBe(ANSWER);
  });
});

describe("a small window", () => {
  it("is asked again with fewer sources, and is known from then on", async () => {
    const { models, server } = await open();
    const window = 2048;
    const tokensIn = ({ system, user }: RecordedRequest) => Math.ceil((system.length + user.length) / 4);
    models.scripts.answer = (request) => {
      const { max_tokens: wanted = 0 } = request.body as { max_tokens?: number };
      const prompt = tokensIn(request);
      if (prompt + wanted <= window) return says(ANSWER);
      const message = `This model's maximum context length is ${window} tokens. However, you requested ${prompt + wanted} tokens (${prompt} in the messages, ${wanted} in the completion). Please reduce the length of the messages or completion.`;
      return { status: 400, message };
    };
    const answer = answerOf(await server.ask(FACT));
    expect(answer).toMatchObject({ text: ANSWER, model: "openai:test-model", confidence: "high" });
    expect(models.of("answer").length).toBeGreaterThan(1);
    const asked = models.of("answer").length;
    expect(answerOf(await server.ask(FACT)).fallback).toBeUndefined();
    expect(models.of("answer").length).toBe(asked + 1);
  });

  it("is said to be too small where nothing fits", async () => {
    const { models, server } = await open();
    models.scripts.answer = {
      status: 400,
      message: "the request exceeds the available context size (64 tokens)",
    };
    const { fallback, text } = answerOf(await server.ask(FACT));
    expect(fallback?.reason).toBe("the question with its sources is longer than the model reads");
    expect(text).toContain("10.33");
    expect(server.faults.map(String).join()).toContain("available context size");
  });
});
