import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { AnsweringServer, answerOf } from "../support/answering-server.ts";
import { eventually } from "../support/eventually.ts";
import { openModelServer } from "../support/model-server/open-model-server.ts";
import { FAULTS, says } from "../support/model-server/scenario.ts";

const FACT = "What speedup does CoreInfer achieve on an NVIDIA TITAN XP GPU?";
const ANSWER =
  "On an NVIDIA TITAN XP GPU, CoreInfer achieves a 10.33 times speedup over Hugging Face [1]. It needs no MLP predictor [1].";

const index = mkdtempSync(path.join(tmpdir(), "footnote-test-"));
afterAll(() => rmSync(index, { recursive: true }));

async function open(variables: Record<string, string> = {}) {
  const models = await openModelServer();
  models.scripts.answer = says(ANSWER);
  return { models, server: await AnsweringServer.start(models, { index, variables }) };
}

it("condenses a follow-up by the model", async () => {
  const { models, server } = await open();
  const first = answerOf(await server.ask(FACT));
  models.scripts.condense = says("Does CoreInfer need an MLP predictor?");
  const second = answerOf(await server.ask("Does it need a predictor?", first.conversationId));
  expect(second.standaloneQuestion).toBe("Does CoreInfer need an MLP predictor?");
  expect(models.of("condense")[0]?.user).toContain(FACT);
  expect(models.of("answer")[1]?.user).toContain(second.standaloneQuestion);
});

it.each<[string, Parameters<typeof says>[0]]>([
  ["nothing", ""],
  ["far too much", `Does CoreInfer need a predictor? ${"Does CoreInfer need a predictor? ".repeat(20)}`],
  ["another language", "Benötigt das vorgestellte Verfahren einen gesonderten Vorhersagemechanismus?"],
  ["another script", "CoreInfer 需要预测器吗？"],
  [
    "another language around a title",
    "Braucht “CoreInfer: Accelerating Large Language Model Inference with Semantics-Inspired Adaptive Sparse Activation” einen Vorhersager?",
  ],
  ["an answer", "Sure! I would be glad to help you with that, just tell me more."],
])("falls back to the rule when it gets %s", async (_, text) => {
  const { models, server } = await open();
  const first = answerOf(await server.ask(FACT));
  models.scripts.condense = says(text);
  const second = answerOf(await server.ask("Does it need a predictor?", first.conversationId));
  expect(second.standaloneQuestion).toBe(`Does it need a predictor? (in “${first.citations[0]?.title}”)`);
  expect(second.model).toBe("openai:test-model");
});

it("falls back to the rule when the condensing stalls", async () => {
  const { models, server } = await open({ LLM_TIMEOUT_MS: "400" });
  const first = answerOf(await server.ask(FACT));
  models.scripts.condense = FAULTS["no first token"];
  const second = answerOf(await server.ask("Does it need a predictor?", first.conversationId));
  expect(second.standaloneQuestion).toContain("(in “CoreInfer");
});

it("is named by the model after the first answer, which does not wait for it", async () => {
  const { models, server } = await open();
  models.scripts.title = says("“CoreInfer's speedup on a TITAN XP”", { firstMs: 300 });
  const { conversationId } = answerOf(await server.ask(FACT));
  const title = async () =>
    (await server.assistant.conversations.get("local", conversationId, { limit: 1 })).title;
  expect(await title()).toBe(FACT);
  await eventually(title).toBe("CoreInfer's speedup on a TITAN XP");
  await server.ask(FACT, conversationId);
  expect(models.of("title")).toHaveLength(1);
});

it("keeps the question as its title when the model fails, and the name a user gave", async () => {
  const { models, server } = await open();
  // Not one that is asked again: the second try would be given the name that is for the other.
  models.scripts.title = { status: 400 };
  const { conversationId } = answerOf(await server.ask(FACT));
  await eventually(() => models.of("title").length).toBe(1);
  models.scripts.title = says("Some title of mine", { firstMs: 200 });
  const second = answerOf(await server.ask(FACT)).conversationId;
  await server.assistant.conversations.rename("local", second, "Mine");
  await new Promise((resolve) => setTimeout(resolve, 400));
  const titleOf = async (id: string) =>
    (await server.assistant.conversations.get("local", id, { limit: 1 })).title;
  expect([await titleOf(conversationId), await titleOf(second)]).toEqual([FACT, "Mine"]);
});
