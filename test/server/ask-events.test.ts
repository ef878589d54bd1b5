/** Asking for server-sent events, losing the connection, coming back. */
import { beforeEach, expect, it } from "vitest";
import { AppError } from "../../src/errors.ts";
import { type AnswerFrame, Problem } from "../../src/protocol.ts";
import { eventually } from "../support/eventually.ts";
import { Gate } from "../support/gate.ts";
import { readEvents } from "../support/read-events.ts";
import { TestServer } from "../support/test-server.ts";

let server: TestServer;
beforeEach(async () => {
  server = await TestServer.start();
});

const ask = (signal?: AbortSignal) =>
  fetch(`${server.url}/api/ask`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "text/event-stream" },
    body: '{"question":"Why?"}',
    ...(signal === undefined ? {} : { signal }),
  });
const resume = (messageId: string, lastEventId?: string) =>
  server.get(
    `/api/messages/${messageId}/events`,
    lastEventId === undefined ? {} : { "Last-Event-ID": lastEventId },
  );

async function all(response: Response): Promise<AnswerFrame[]> {
  const frames: AnswerFrame[] = [];
  for await (const frame of readEvents(response)) frames.push(frame);
  return frames;
}

it("streams the frames in order, without gaps, and ends", async () => {
  const response = await ask();
  expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
  expect(response.headers.get("cache-control")).toBe("no-store");
  const frames = await all(response);
  expect(frames.map(({ seq }) => seq)).toEqual(frames.map((_, i) => i + 1));
  expect(frames[0]).toMatchObject({ type: "start", messageId: frames[0]!.messageId });
  expect(frames.at(-1)?.type).toBe("done");
});

it("prefers JSON when the client has no preference", async () => {
  for (const accept of ["*/*", "application/json, text/event-stream", "text/html"]) {
    const response = await server.send("POST", "/api/ask", { question: "a" }, { Accept: accept });
    expect(response.headers.get("content-type"), accept).toMatch(/^application\/json/);
  }
});

it("resumes after every frame, while it streams and after, with the same frames", async () => {
  const gate = new Gate();
  server.assistant.pace = () => gate.pass();
  const first = readEvents(await ask());
  const start = (await first.next()).value!;
  const live = Array.from({ length: 3 }, () => resume(start.messageId).then(all));
  const lateStarters = resume(start.messageId, "1").then(all);
  gate.open();
  const [whole] = await Promise.all(live);
  for (const other of await Promise.all(live)) expect(other).toEqual(whole);
  expect(await lateStarters).toEqual(whole!.slice(1));
  for (let cut = 0; cut < whole!.length; cut++) {
    expect(await all(await resume(start.messageId, String(cut)))).toEqual(whole!.slice(cut));
  }
});

it("goes on without its asker", async () => {
  const gate = new Gate();
  server.assistant.pace = () => gate.pass();
  const controller = new AbortController();
  const start = (await readEvents(await ask(controller.signal)).next()).value!;
  controller.abort();
  await eventually(() => server.log.some(({ msg, cut }) => msg === "request" && cut === true)).toBe(true);
  gate.open();
  const frames = await all(await resume(start.messageId, "1"));
  expect(frames.at(-1)?.type).toBe("done");
  expect((await server.get(`/api/messages/${start.messageId}`)).status).toBe(200);
});

it("tells an EventSource that has all frames not to come again", async () => {
  const frames = await all(await ask());
  const last = frames.at(-1)!;
  expect((await resume(last.messageId, String(last.seq))).status).toBe(204);
});

it.each([
  ["-1", 'Last-Event-ID is "-1": it takes the id of an event'],
  ["abc", 'Last-Event-ID is "abc": it takes the id of an event'],
  ["1.5", 'Last-Event-ID is "1.5": it takes the id of an event'],
  ["99", /^Last-Event-ID is 99: the last frame of message ".+" is \d+$/],
])("refuses the Last-Event-ID %s", async (id, message) => {
  const [start] = await all(await ask());
  const response = await resume(start!.messageId, id);
  const { error } = Problem.parse(await response.json());
  expect(error).toMatchObject({ code: "bad_request", field: "Last-Event-ID" });
  expect(error.message).toMatch(message);
});

it("keeps the frames for a while, then sends to the message", async () => {
  server = await TestServer.start({ limits: { resume: 800 } });
  const [start] = await all(await ask());
  const { messageId } = start!;
  expect((await resume(messageId)).status).toBe(200);
  await eventually(async () => (await resume(messageId)).status).toBe(410);
  const { error } = Problem.parse(await (await resume(messageId)).json());
  expect(error).toEqual({
    code: "resume_unavailable",
    message: `The frames of message "${messageId}" are not kept any more: fetch it from /api/messages/${messageId}`,
    retryable: false,
  });
  expect((await server.get(`/api/messages/${messageId}`)).status).toBe(200);
});

it("ends with an error frame when the answer fails on the way", async () => {
  server.assistant.pace = async (index) => {
    if (index === 4) throw new Error("disk on fire at /var/lib");
  };
  const frames = await all(await ask());
  expect(frames).toHaveLength(5);
  expect(frames.at(-1)).toMatchObject({ type: "error", code: "internal", retryable: true, seq: 5 });
  expect(JSON.stringify(frames)).not.toContain("/var/lib");
  expect(server.log.find(({ msg }) => msg === "answer failed")).toMatchObject({ level: 50 });
});

it("writes comments while it waits", async () => {
  const gate = new Gate();
  const waiting = await TestServer.start({ limits: { ping: 10 } });
  waiting.assistant.pace = () => gate.pass();
  const response = await waiting.send("POST", "/api/ask", { question: "a" }, { Accept: "text/event-stream" });
  setTimeout(() => gate.open(), 60);
  expect(await response.text()).toMatch(/\n\n: waiting\n\n/);
});

it("asked for as JSON stops when the asker goes, and fails when it fails", async () => {
  const gate = new Gate();
  server.assistant.pace = (_, { signal }) => gate.pass(signal);
  const controller = new AbortController();
  const init = { method: "POST", headers: { "Content-Type": "application/json" }, body: '{"question":"a"}' };
  const asked = fetch(`${server.url}/api/ask`, { ...init, signal: controller.signal });
  await eventually(() => server.assistant.asked.length).toBe(1);
  controller.abort();
  await expect(asked).rejects.toThrow();
  await expect
    .poll(() => server.log.find(({ msg }) => msg === "answer"))
    .toMatchObject({ outcome: "aborted" });

  server.assistant.pace = async () => {
    throw new AppError("model_error", "the provider said no");
  };
  const failed = await server.send("POST", "/api/ask", { question: "a" });
  expect(failed.status).toBe(502);
});
