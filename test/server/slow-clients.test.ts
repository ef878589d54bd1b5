/** Clients that do not read: waited for, then dropped, while the answer and the others go on and memory stays. */
import { once } from "node:events";
import { request as httpRequest } from "node:http";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import type { AskRequest } from "../../src/assistant/port.ts";
import type { AnswerEvent } from "../../src/protocol.ts";
import type { ServerLimits } from "../../src/server/server-limits.ts";
import { eventually } from "../support/eventually.ts";
import { readEvents } from "../support/read-events.ts";
import { sampleAnswer } from "../support/sample-answer.ts";
import { TestServer } from "../support/test-server.ts";

const KB = 1024;
const MB = 1024 * KB;
/** 24 MB in all: more than the system's buffers between two sockets of one machine take. */
const DELTAS = 2400;
const DELTA_BYTES = 10 * KB;

async function* longAnswer({ messageId, question }: AskRequest): AsyncGenerator<AnswerEvent, void> {
  yield { type: "start", conversationId: "c" };
  for (let i = 0; i < DELTAS; i++) yield { type: "delta", text: "x".repeat(DELTA_BYTES) };
  yield { type: "done", answer: sampleAnswer(messageId, "c", question) };
}

async function start(limits: Partial<ServerLimits>): Promise<TestServer> {
  const server = await TestServer.start({ limits });
  server.assistant.ask = longAnswer;
  return server;
}

const isDone = (server: TestServer) => server.log.some(({ outcome }) => outcome === "done");
const TOO_SLOW = 'footnote_clients_dropped_total{reason="too_slow"}';

/** A socket that has the first frame of a long answer and reads no more. */
async function stopReading(server: TestServer) {
  const slow = await server.socket();
  slow.send({ type: "ask", requestId: "r1", question: "a" });
  const [first] = await slow.answer(1);
  slow.raw.pause();
  await eventually(() => isDone(server)).toBe(true);
  return { slow, messageId: first!.messageId };
}

it("a socket that does not read is told so and dropped; the answer can be resumed", async () => {
  const server = await start({ stuck: 300 });
  const { slow, messageId } = await stopReading(server);
  const other = await server.socket();
  other.send({ type: "resume", messageId, afterSeq: 1 });
  expect(await other.answer()).toHaveLength(DELTAS + 1);
  await eventually(() => server.metric(TOO_SLOW)).toBe(1);
  const closed = slow.closed();
  slow.raw.resume();
  expect(await closed).toBe(4408);
});

it("a socket that takes not even the goodbye is cut", async () => {
  const server = await start({ stuck: 100, goodbye: 100 });
  const { slow } = await stopReading(server);
  await eventually(() => server.metric("footnote_sockets")).toBe(0);
  const closed = slow.closed();
  slow.raw.resume();
  expect(await closed).toBe(1006);
});

it("a socket that reads late gets everything", async () => {
  const server = await start({});
  const { slow } = await stopReading(server);
  slow.raw.resume();
  expect(await slow.answer()).toHaveLength(DELTAS + 1);
});

it("sockets that do not read hold no more than one frame over 64 KiB each, and the memory stays", async () => {
  const server = await start({});
  const { messageId } = await stopReading(server);
  const before = usedBytes();
  const count = 40;
  for (let i = 0; i < count; i++) {
    const slow = await server.socket();
    slow.raw.pause();
    slow.send({ type: "resume", messageId, afterSeq: 0 });
  }
  const most = (count + 1) * (64 * KB + DELTA_BYTES + KB);
  await eventually(() => server.metric("footnote_socket_buffered_bytes")).toBeGreaterThan(count * 64 * KB);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(await server.metric("footnote_socket_buffered_bytes")).toBeLessThanOrEqual(most);
  // Together they were sent a gigabyte.
  expect(usedBytes() - before).toBeLessThan(4 * most);
});

it("a socket that asks without reading is not heard any more, then dropped", async () => {
  const server = await TestServer.start({ limits: { stuck: 500 } });
  const flood = await server.socket();
  flood.raw.pause();
  const wrong = JSON.stringify({ type: "x".repeat(500) });
  const unheard = 4 * MB;
  let most = 0;
  for (let sent = 0; flood.raw.bufferedAmount < unheard; sent += 1) {
    if (sent > 1_000_000) throw new Error("the server reads on and on");
    flood.send(wrong);
    if (sent % 1000 !== 0) continue;
    await new Promise((resolve) => setTimeout(resolve, 1));
    most = Math.max(most, (await server.metric("footnote_socket_buffered_bytes")) ?? 0);
  }
  // What it sends in one go is answered to the end.
  expect(most).toBeLessThan(2 * MB);
  await eventually(() => server.metric(TOO_SLOW)).toBe(1);
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
  await eventually(() => server.log.some(({ msg, cut }) => msg === "request" && cut === true)).toBe(true);
  request.destroy();
  expect(isDone(server)).toBe(true);
  expect(await server.metric(TOO_SLOW)).toBe(1);
  const id = String(server.log.find(({ msg }) => msg === "answer")?.messageId);
  const types: string[] = [];
  for await (const { type } of readEvents(await server.get(`/api/messages/${id}/events`))) types.push(type);
  expect(types).toHaveLength(DELTAS + 2);
});

it("a whole body that nobody takes is dropped too", async () => {
  const server = await TestServer.start({ limits: { stuck: 300 } });
  server.assistant.papers.citation = async () => ({ body: "x".repeat(24 * MB), mediaType: "text/plain" });
  const request = httpRequest({ port: server.port, path: "/api/papers/p1/citation" });
  request.end();
  const [response] = await once(request, "response");
  response.pause();
  await eventually(() => server.metric(TOO_SLOW)).toBe(1);
  request.destroy();
});

/** Bytes in use after collecting garbage. */
function usedBytes(): number {
  setFlagsFromString("--expose_gc");
  runInNewContext("gc")();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
