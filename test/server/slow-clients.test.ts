/** Clients that do not read: waited for, then dropped, while the answer and the others go on. */
import { once } from "node:events";
import { request as httpRequest } from "node:http";
import { expect, it } from "vitest";
import type { AskRequest } from "../../src/assistant/port.ts";
import type { AnswerEvent } from "../../src/protocol.ts";
import type { ServerLimits } from "../../src/server/server-limits.ts";
import { eventually } from "../support/eventually.ts";
import { readEvents } from "../support/read-events.ts";
import { sampleAnswer } from "../support/sample-answer.ts";
import { TestServer } from "../support/test-server.ts";

/** Megabytes, more than the system's buffers between two sockets of one machine take. */
const DELTAS = 24;

async function* longAnswer({ messageId, question }: AskRequest): AsyncGenerator<AnswerEvent, void> {
  yield { type: "start", conversationId: "c" };
  for (let i = 0; i < DELTAS; i++) yield { type: "delta", text: "x".repeat(1_000_000) };
  yield { type: "done", answer: sampleAnswer(messageId, "c", question) };
}

async function start(limits: Partial<ServerLimits>): Promise<TestServer> {
  const server = await TestServer.start({ limits });
  server.assistant.ask = longAnswer;
  return server;
}

const isDone = (server: TestServer) => server.log.some(({ outcome }) => outcome === "done");

it("a socket that does not read is dropped; the answer can be resumed", async () => {
  const server = await start({ stuck: 500 });
  const slow = await server.socket();
  slow.send({ type: "ask", requestId: "r1", question: "a" });
  const [first] = await slow.answer(1);
  slow.raw.pause();
  await eventually(() => isDone(server)).toBe(true);
  const other = await server.socket();
  other.send({ type: "resume", messageId: first!.messageId, afterSeq: 1 });
  expect(await other.answer()).toHaveLength(DELTAS + 1);
  await new Promise((resolve) => setTimeout(resolve, 700));
  const closed = slow.closed();
  slow.raw.resume();
  expect(await closed).toBe(1006);
});

it("a socket that reads late gets everything", async () => {
  const server = await start({});
  const slow = await server.socket();
  slow.send({ type: "ask", requestId: "r1", question: "a" });
  await slow.answer(1);
  slow.raw.pause();
  await eventually(() => isDone(server)).toBe(true);
  slow.raw.resume();
  expect(await slow.answer()).toHaveLength(DELTAS + 1);
});

it("a socket that asks without reading is dropped before its replies fill the memory", async () => {
  const server = await TestServer.start();
  const flood = await server.socket();
  flood.raw.pause();
  const wrong = JSON.stringify({ type: "x".repeat(60) });
  const tooMany = 1_000_000;
  let sent = 0;
  // Its reading is paused, so it notices the end only when it writes.
  for (; sent < tooMany && flood.raw.readyState === flood.raw.OPEN; sent++) {
    flood.send(wrong);
    if (sent % 500 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  }
  expect(sent).toBeLessThan(tooMany);
  const other = await server.socket();
  other.send({ type: "ping" });
  expect(await other.next()).toEqual({ type: "pong" });
});

it("an event stream that nobody reads is dropped; the answer can be resumed", async () => {
  const server = await start({ stuck: 500 });
  const headers = { "Content-Type": "application/json", Accept: "text/event-stream" };
  const request = httpRequest({ port: server.port, path: "/api/ask", method: "POST", headers });
  request.end('{"question":"a"}');
  const [response] = await once(request, "response");
  response.pause();
  await expect.poll(() => server.log.some(({ msg, cut }) => msg === "request" && cut === true)).toBe(true);
  request.destroy();
  expect(isDone(server)).toBe(true);
  const id = String(server.log.find(({ msg }) => msg === "answer")?.messageId);
  const types: string[] = [];
  for await (const { type } of readEvents(await server.get(`/api/messages/${id}/events`))) types.push(type);
  expect(types).toHaveLength(DELTAS + 2);
});
