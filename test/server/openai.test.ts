import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ChatOpenAI } from "@langchain/openai";
import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AnsweringServer } from "../support/answering-server.ts";
import { openModelServer } from "../support/model-server/open-model-server.ts";
import { says } from "../support/model-server/scenario.ts";
import { TestServer } from "../support/test-server.ts";
import { apiKeys, BOB } from "../support/two-owners.ts";

const index = mkdtempSync(path.join(tmpdir(), "footnote-test-"));
afterAll(() => rmSync(index, { recursive: true }));

const QUESTION = "What are massive activations?";
const KNOWN =
  /very few activations exhibit significantly larger values[\s\S]*\[1\]\n\n\*\*References\*\*\n\n\[1\] \*Massive Activations in Large Language Models\*/;

function thrownBy(work: () => Promise<unknown>): Promise<unknown> {
  return work().then(
    () => expect.unreachable(),
    (error: unknown) => error,
  );
}

/** OpenAI's own client, which asks once. */
function clientOf(url: string, apiKey = "none"): OpenAI {
  return new OpenAI({ baseURL: `${url}/v1`, apiKey, maxRetries: 0 });
}

async function extractive(): Promise<AnsweringServer> {
  const models = await openModelServer();
  return AnsweringServer.start(models, { index, variables: { LLM: "extractive" } });
}

describe("OpenAI's client", () => {
  it("is given an answer, its references below it and its notes beside it", async () => {
    const client = clientOf((await extractive()).url);
    const completion = await client.chat.completions.create({
      model: "footnote",
      messages: [
        { role: "system", content: "You are a pirate." },
        { role: "user", content: [{ type: "text", text: QUESTION }] },
      ],
      temperature: 0.3,
      seed: 7,
    });
    const [choice] = completion.choices;
    expect(choice?.message.content).toMatch(KNOWN);
    expect(choice?.finish_reason).toBe("stop");
    expect(completion.usage?.total_tokens).toBeGreaterThan(10);
    const { citations } = completion as unknown as { citations: { title: string; quote: string }[] };
    expect(citations[0]).toMatchObject({ title: "Massive Activations in Large Language Models" });
  });

  it("streams it, with the usage where that is wished for", async () => {
    const client = clientOf((await extractive()).url);
    const stream = await client.chat.completions.create({
      model: "footnote-extractive",
      messages: [{ role: "user", content: QUESTION }],
      stream: true,
      stream_options: { include_usage: true },
    });
    let text = "";
    const finishes: unknown[] = [];
    const usages: unknown[] = [];
    for await (const { choices, usage } of stream) {
      text += choices[0]?.delta.content ?? "";
      if (choices[0]?.finish_reason) finishes.push(choices[0].finish_reason);
      if (usage) usages.push(usage);
    }
    expect(text).toMatch(KNOWN);
    expect([finishes, usages.length]).toEqual([["stop"], 1]);
    const helper = client.chat.completions.stream({
      model: "footnote",
      messages: [{ role: "user", content: QUESTION }],
    });
    expect((await helper.finalChatCompletion()).choices[0]?.message.content).toBe(text);
  });

  it("goes on from what was said, by the messages alone", async () => {
    const server = await extractive();
    const client = clientOf(server.url);
    const first = [{ role: "user" as const, content: QUESTION }];
    const said = await client.chat.completions.create({ model: "footnote", messages: first });
    const reply = { role: "assistant" as const, content: said.choices[0]?.message.content ?? "" };
    const next = await client.chat.completions.create({
      model: "footnote",
      messages: [...first, reply, { role: "user", content: "Where do they appear?" }],
    });
    expect(next.choices[0]?.message.content).toContain("*Massive Activations in Large Language Models*");
    const alone = await client.chat.completions.create({
      model: "footnote",
      messages: [{ role: "user", content: "Where do they appear?" }],
    });
    expect(alone.choices[0]?.message.content).not.toContain("Massive Activations");
  });

  it("is stopped where it says, and after as many tokens", async () => {
    const client = clientOf((await extractive()).url);
    const ask = (more: object) =>
      client.chat.completions.create({
        model: "footnote",
        messages: [{ role: "user", content: QUESTION }],
        ...more,
      });
    const stopped = await ask({ stop: ["significantly larger"] });
    expect(stopped.choices[0]).toMatchObject({ finish_reason: "stop" });
    expect(stopped.choices[0]?.message.content).toMatch(/activations exhibit $/);
    const short = await ask({ max_tokens: 12 });
    expect(short.choices[0]).toMatchObject({ finish_reason: "length" });
    expect(short.usage?.completion_tokens).toBeLessThanOrEqual(12);
    expect(short.usage?.completion_tokens).toBeGreaterThan(6);
  });

  it("lists the models, and gets the vectors that papers are found by", async () => {
    const server = await extractive();
    const client = clientOf(server.url);
    const names = (await client.models.list()).data.map(({ id }) => id);
    expect(names).toEqual(["footnote", "footnote-extractive"]);
    expect((await client.models.retrieve("footnote")).owned_by).toBe("footnote");
    const input = ["Large activations", "A recipe for soup"];
    // Its client asks in base64 unless told otherwise.
    const { data } = await client.embeddings.create({ model: "footnote", input });
    const plain = await client.embeddings.create({ model: "footnote", input, encoding_format: "float" });
    expect(data.map(({ embedding }) => embedding)).toEqual(plain.data.map(({ embedding }) => embedding));
    const { vectors } = await server.assistant.embed({ texts: input });
    expect(plain.data.map(({ embedding }) => embedding)).toEqual(vectors.map((vector) => [...vector]));
  });

  it("throws its own errors for ours", async () => {
    const server = await TestServer.start({ config: { apiKeys } });
    const wrong = clientOf(server.url, "wrong");
    expect(await thrownBy(() => wrong.models.list())).toBeInstanceOf(OpenAI.AuthenticationError);
    const client = clientOf(server.url, BOB);
    const ask = (more: object) =>
      client.chat.completions.create({
        model: "footnote",
        messages: [{ role: "user", content: "a" }],
        ...more,
      });
    expect(await thrownBy(() => ask({ model: "gpt-9" }))).toMatchObject({
      status: 404,
      code: "model_not_found",
    });
    for (const [more, param] of [
      [{ n: 2 }, "n"],
      [{ messages: [] }, "messages"],
      [{ messages: [{ role: "user", content: "x".repeat(4001) }] }, "messages"],
      [{ messages: [{ role: "assistant", content: "a" }] }, "messages"],
    ] as const) {
      const error = await thrownBy(() => ask(more));
      expect(error).toBeInstanceOf(OpenAI.BadRequestError);
      expect(error).toMatchObject({ param, type: "invalid_request_error" });
    }
  });
});

describe("with a language model behind it", () => {
  it("streams its words, and says before the papers' words that it failed", async () => {
    const models = await openModelServer();
    models.scripts.answer = says("Massive activations are very large values of few activations [1].");
    const server = await AnsweringServer.start(models, { index });
    const client = clientOf(server.url);
    expect((await client.models.list()).data.map(({ id }) => id)).toEqual([
      "footnote",
      "footnote-extractive",
      "openai:test-model",
    ]);
    const ask = async (model = "openai:test-model") => {
      const stream = client.chat.completions.stream({
        model,
        messages: [{ role: "user", content: QUESTION }],
      });
      return (await stream.finalChatCompletion()).choices[0]?.message.content ?? "";
    };
    expect(await ask()).toMatch(/^Massive activations are very large values[\s\S]*\n\n\*\*References\*\*/);
    expect(await ask("footnote-extractive")).toMatch(KNOWN);
    models.scripts.answer = says("Massive activations are very large", { ends: "hang-up" });
    expect(await ask()).toMatch(
      /failed \([\s\S]*\)\. The papers say:\n\n\*\*Massive Activations[\s\S]*\*\*References\*\*/,
    );
  });
});

it("answers LangChain's client", async () => {
  const server = await extractive();
  const model = new ChatOpenAI({
    model: "footnote",
    apiKey: "none",
    maxRetries: 0,
    configuration: { baseURL: `${server.url}/v1` },
  });
  const said = await model.invoke(QUESTION);
  expect(String(said.content)).toMatch(KNOWN);
  let streamed = "";
  for await (const chunk of await model.stream(QUESTION)) streamed += String(chunk.content);
  expect(streamed).toBe(String(said.content));
});

beforeAll(() => {
  // Of keys of this machine, were there any, no client is to make use.
  delete process.env.OPENAI_API_KEY;
});
