/** Model servers that send without end, never a word, or elsewhere: the answer ends, and the server with it does not. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { AnsweringServer, answerOf } from "../support/answering-server.ts";
import { eventually } from "../support/eventually.ts";
import { FORMATS, type ModelServer, type Provider } from "../support/model-server/model-server.ts";
import { openModelServer } from "../support/model-server/open-model-server.ts";
import { type Scenario, says } from "../support/model-server/scenario.ts";

const FACT = "What speedup does CoreInfer achieve on an NVIDIA TITAN XP GPU?";
const SENTENCE = "CoreInfer achieves a 10.33 times speedup over Hugging Face [1]. ";
const REMARK = "The answer ends here because the model reached its limit of length.";
const PROVIDERS = Object.keys(FORMATS) as Provider[];
const MAX_TOKENS = 500;

const index = mkdtempSync(path.join(tmpdir(), "footnote-test-"));
afterAll(() => rmSync(index, { recursive: true }));

function* endless(...parts: string[]): Generator<string> {
  for (;;) yield* parts;
}

async function open(provider: Provider, scenario: Scenario, variables: Record<string, string> = {}) {
  const models = await openModelServer();
  models.scripts.answer = scenario;
  const limits = { LLM_MAX_TOKENS: `${MAX_TOKENS}`, ...variables };
  return { models, server: await AnsweringServer.start(models, { index, provider, variables: limits }) };
}

/** One end, stored once and as it was told, and the request to the model closed. */
async function ask({ models, server }: { models: ModelServer; server: AnsweringServer }) {
  const frames = await server.ask(FACT);
  const answer = answerOf(frames);
  expect(frames.filter(({ type }) => type === "done")).toHaveLength(1);
  const { messages } = await server.assistant.conversations.get("local", answer.conversationId, { limit: 9 });
  expect(messages.map(({ text }) => text)).toEqual([FACT, answer.text]);
  await eventually(() => models.of("answer").at(-1)?.closedEarlyAt).toBeGreaterThan(0);
  return answer;
}

describe.each(PROVIDERS)("%s", (provider) => {
  const format = FORMATS[provider];

  it.each<[string, Iterable<string>]>([
    ["text", endless(SENTENCE)],
    ["text of one marker a kilobyte", endless(`${"CoreInfer is fast. ".repeat(54)}[1] `)],
    ["markers", endless("a[1]")],
    ["markers alone", [SENTENCE, ..."[1]".repeat(10_000)]],
    ["white space", [SENTENCE, " ".repeat(40_000)]],
    ["asterisks", [SENTENCE, "*".repeat(20_000)]],
    ["lists in lists", [SENTENCE, "- ".repeat(10_000)]],
  ])("ends an answer of too much %s where its length ends", async (_, tokens) => {
    const answer = await ask(await open(provider, { tokens, ends: "stall" }));
    expect(answer).toMatchObject({ model: `${provider}:test-model` });
    expect(answer.text).toContain(REMARK);
    expect(answer.text.length).toBeLessThan(8 * MAX_TOKENS + 200);
    expect(answer.citations.length).toBeLessThanOrEqual(MAX_TOKENS / 8 + 64);
  });

  it.each<[string, Scenario, RegExp]>([
    ["empty words", { raw: endless(format.token("")), gapMs: 20 }, /no word of an answer in time/],
    ["thoughts", { raw: endless(format.token("<think>hm")), gapMs: 20 }, /no word of an answer in time/],
    ["an event that has no end", { raw: endless("x".repeat(10_000)) }, /sent too much without an answer/],
  ])("answers by the papers after a model of nothing but %s", async (_, scenario, reason) => {
    const answer = await ask(await open(provider, scenario, { LLM_TIMEOUT_MS: "300" }));
    expect(answer).toMatchObject({ model: "extractive", confidence: "high" });
    expect(answer.fallback?.reason).toMatch(reason);
    expect(answer.text).toContain("10.33 times");
  });

  it("sends neither question nor papers on to another origin", async () => {
    const other = await openModelServer();
    other.scripts.answer = says(SENTENCE);
    const headers = { Location: `${other.url}${format.path}` };
    const { server } = await open(provider, { status: 307, headers });
    const answer = answerOf(await server.ask(FACT));
    expect(answer.fallback).toEqual({
      from: `${provider}:test-model`,
      reason: "the model's server sends on to another address, which is not followed",
    });
    expect([other.requests, other.strayed]).toEqual([[], []]);
    expect(String(server.faults[0])).toContain(`to ${other.url}`);
  });
});

describe("openai", () => {
  const thought = `data: ${JSON.stringify({ choices: [{ index: 0, delta: { reasoning_content: "Hm. " } }] })}\n\n`;

  it.each([
    ["thoughts in a field of their own", thought],
    ["comments", ": OPENROUTER PROCESSING\n\n"],
  ])("answers by the papers after nothing but %s", async (_, raw) => {
    const scenario = { raw: endless(raw), gapMs: 20 };
    const answer = await ask(await open("openai", scenario, { LLM_TIMEOUT_MS: "300" }));
    expect(answer).toMatchObject({ model: "extractive" });
    expect(answer.fallback?.reason).toMatch(/^the model (?:came to no word|did not begin)/);
  });

  it("lets words come one by one, for longer than a first one may take", async () => {
    const { server } = await open("openai", says(SENTENCE, { gapMs: 120 }), { LLM_TIMEOUT_MS: "400" });
    expect(answerOf(await server.ask(FACT))).toMatchObject({ text: SENTENCE.trim() });
  });
});
