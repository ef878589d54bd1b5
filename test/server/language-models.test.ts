/** Several language models: a question chooses one of them. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { loadConfig } from "../../src/config.ts";
import type { Answer } from "../../src/protocol.ts";
import { AnsweringServer } from "../support/answering-server.ts";
import { openModelServer } from "../support/model-server/open-model-server.ts";
import { says } from "../support/model-server/scenario.ts";
import { thrownBy } from "../support/thrown-by.ts";

const question = "What speedup does CoreInfer achieve on an NVIDIA TITAN XP GPU?";
const ANSWER = "On an NVIDIA TITAN XP GPU, CoreInfer achieves a 10.33 times speedup over Hugging Face [1].";

const index = mkdtempSync(path.join(tmpdir(), "footnote-test-"));
afterAll(() => rmSync(index, { recursive: true }));

it("asks the first, or the one that a question chooses, and counts what each took", async () => {
  const models = await openModelServer();
  models.scripts.answer = says(ANSWER);
  const both = { ...models.environment("ollama"), LLM: "openai:test-model, ollama:test-model" };
  const server = await AnsweringServer.start(models, { index, provider: "openai", variables: both });
  const post = async (body: object) => {
    const response = await fetch(`${server.url}/api/ask`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ question, ...body }),
    });
    return { status: response.status, body: await response.json() };
  };
  const ask = async (body: object): Promise<Answer> => (await post(body)).body as Answer;
  expect((await ask({})).model).toBe("openai:test-model");
  expect(await ask({ model: "ollama:test-model" })).toMatchObject({
    model: "ollama:test-model",
    text: ANSWER,
  });
  expect(models.of("answer").map(({ provider }) => provider)).toEqual(["openai", "ollama"]);
  expect((await ask({ model: "extractive" })).model).toBe("extractive");
  expect(models.of("answer")).toHaveLength(2);
  expect(await post({ model: "openai:gpt-9" })).toMatchObject({
    status: 400,
    body: {
      error: {
        code: "bad_request",
        field: "model",
        message:
          'model "openai:gpt-9" is not set here: one of openai:test-model, ollama:test-model, extractive',
      },
    },
  });
  const ready = await (await fetch(`${server.url}/ready`)).json();
  expect(ready).toMatchObject({
    answerModel: "openai:test-model",
    answerModels: ["openai:test-model", "ollama:test-model", "extractive"],
  });
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  expect(metrics).toContain('footnote_model_answers_total{model="ollama:test-model",outcome="answered"} 1\n');
  expect(metrics).toContain('footnote_model_tokens_total{model="openai:test-model",kind="input"} 321\n');
  expect(metrics).toContain('footnote_model_tokens_total{model="openai:test-model",kind="output"} 42\n');
});

it("takes no list that names a model twice, or one without its key", async () => {
  const load = (LLM: string) =>
    thrownBy(async () => loadConfig({ LLM, OPENAI_API_KEY: "k" }, "/nonexistent"));
  expect((await load("openai:a,openai:a")).message).toBe(
    'LLM="openai:a,openai:a": names a model twice: leave one out',
  );
  expect((await load("openai:a,anthropic:b")).message).toBe(
    'LLM="openai:a,anthropic:b": needs ANTHROPIC_API_KEY',
  );
  expect((await load("openai:a,extractive")).message).toMatch(/takes extractive or provider:model/);
  const remote = { LLM: "ollama:a,openai:b", OPENAI_API_KEY: "k", EGRESS: "none" };
  const refused = await thrownBy(async () => loadConfig(remote, "/nonexistent"));
  expect(refused.message).toContain("LLM=openai:b sends questions to the usual address of openai");
});
