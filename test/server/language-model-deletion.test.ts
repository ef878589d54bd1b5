import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, it } from "vitest";
import { AnsweringServer, answerOf } from "../support/answering-server.ts";
import { eventually } from "../support/eventually.ts";
import { openModelServer } from "../support/model-server/open-model-server.ts";
import { says } from "../support/model-server/scenario.ts";

const FACT = "What speedup does CoreInfer achieve on an NVIDIA TITAN XP GPU?";
const ANSWER =
  "On an NVIDIA TITAN XP GPU, CoreInfer achieves a 10.33 times speedup over Hugging Face [1]. It needs no MLP predictor [1].";
/** Milliseconds; longer than from one checkpoint to the next. */
const DELETED_FOR = 1500;

const index = mkdtempSync(path.join(tmpdir(), "footnote-test-"));
afterAll(() => rmSync(index, { recursive: true }));

/** Asks, and deletes the conversation with the first word. */
async function deleteWhileStreaming() {
  const models = await openModelServer();
  models.scripts.answer = says(ANSWER, { gapMs: 80 });
  models.scripts.title = says("CoreInfer's speedup");
  const server = await AnsweringServer.start(models, { index });
  const { conversations } = server.assistant;
  const client = await server.socket();
  client.send({ type: "ask", requestId: "r", question: FACT });
  let conversationId = "";
  let messageId = "";
  for (let frame = await client.next(); frame.type !== "delta"; frame = await client.next())
    if (frame.type === "start") ({ conversationId, messageId } = frame);
  await conversations.remove("local", conversationId);
  return { models, server, conversations, client, conversationId, messageId };
}

it("keeps the whole answer of a conversation that was deleted and restored while it streamed", async () => {
  const { server, conversations, client, conversationId, messageId } = await deleteWhileStreaming();
  await sleep(DELETED_FOR);
  await conversations.restore("local", conversationId);
  expect(answerOf(await client.answer()).text).toBe(ANSWER);
  const message = await conversations.message("local", messageId);
  expect(message).toMatchObject({ text: ANSWER });
  expect(message).not.toHaveProperty("cut");
  expect(server.faults).toEqual([]);
});

it("brings an answer to its end when its conversation stays deleted, and hides it", async () => {
  const { models, server, conversations, client, conversationId, messageId } = await deleteWhileStreaming();
  expect(answerOf(await client.answer()).text).toBe(ANSWER);
  await expect(conversations.message("local", messageId)).rejects.toThrow("There is no message");
  // Nor is it given a name.
  expect(models.of("title")).toEqual([]);
  await conversations.restore("local", conversationId);
  await eventually(async () => (await conversations.message("local", messageId)).text).toBe(ANSWER);
  expect(server.faults).toEqual([]);
});
