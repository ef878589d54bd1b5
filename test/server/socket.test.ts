/** The WebSocket of the contract, frame by frame. */
import { beforeEach, describe, expect, it } from "vitest";
import { AppError } from "../../src/errors.ts";
import type { AnswerFrame } from "../../src/protocol.ts";
import { eventually } from "../support/eventually.ts";
import { Gate } from "../support/gate.ts";
import type { SocketClient } from "../support/socket-client.ts";
import { TestServer } from "../support/test-server.ts";

let server: TestServer;
let client: SocketClient;
beforeEach(async () => {
  server = await TestServer.start();
  client = await server.socket();
});

const ask = (requestId: string, rest: object = {}) => ({ type: "ask", requestId, question: "Why?", ...rest });

describe("ask", () => {
  it("streams one answer, numbered without gaps, named after the request", async () => {
    client.send(ask("r1"));
    const frames = await client.answer();
    expect(frames.map(({ seq }) => seq)).toEqual(frames.map((_, i) => i + 1));
    expect(new Set(frames.map(({ messageId }) => messageId)).size).toBe(1);
    expect(frames[0]).toMatchObject({ type: "start", requestId: "r1" });
    expect(frames.map(({ type }) => type)).toEqual([
      "start",
      "status",
      "status",
      "sources",
      "status",
      ...["delta", "delta", "delta", "delta", "delta", "status", "citation", "done"],
    ]);
  });

  it("runs several at once on one connection, none mixed up", async () => {
    const count = 20;
    for (let i = 0; i < count; i++) client.send(ask(`r${i}`, { question: `Question ${i}?` }));
    const byMessage = new Map<string, AnswerFrame[]>();
    for (let done = 0; done < count; ) {
      for (const frame of await client.answer(1)) {
        byMessage.set(frame.messageId, [...(byMessage.get(frame.messageId) ?? []), frame]);
        if (frame.type === "done") done += 1;
      }
    }
    expect(byMessage.size).toBe(count);
    for (const frames of byMessage.values()) {
      expect(frames.map(({ seq }) => seq)).toEqual(frames.map((_, i) => i + 1));
      const [start, done] = [frames[0], frames.at(-1)];
      const number = start?.type === "start" ? start.requestId?.slice(1) : "";
      expect(done).toMatchObject({ type: "done", answer: { question: `Question ${number}?` } });
    }
  });

  it("with the same requestId gives the same message, again and from elsewhere, while it runs and after", async () => {
    const gate = new Gate();
    server.assistant.pace = () => gate.pass();
    client.send(ask("same"));
    const [start] = await client.answer(1);
    const other = await server.socket();
    other.send(ask("same"));
    expect(await other.answer(1)).toEqual([start]);
    gate.open();
    const rest = await client.answer();
    expect(await other.answer()).toEqual(rest);
    client.send(ask("same", { question: "something else" }));
    expect(await client.answer()).toEqual([start, ...rest]);
    expect(server.assistant.asked).toHaveLength(1);
  });

  it("that is refused says so under its requestId, and can be sent again", async () => {
    server.assistant.refusal = new AppError("indexing", "Still indexing, 3 of 236");
    client.send(ask("r1"));
    expect(await client.next()).toEqual({
      type: "error",
      code: "indexing",
      message: "Still indexing, 3 of 236",
      retryable: true,
      requestId: "r1",
    });
    server.assistant.refusal = undefined;
    client.send(ask("r1"));
    expect((await client.answer()).at(-1)?.type).toBe("done");
  });

  it("in an unknown conversation is not found", async () => {
    client.send(ask("r1", { conversationId: "none" }));
    expect(await client.next()).toMatchObject({ type: "error", code: "not_found", requestId: "r1" });
  });

  it("that fails on the way ends with an error frame, and the connection stays", async () => {
    server.assistant.pace = async (index) => {
      if (index === 2) throw new Error("secret");
    };
    client.send(ask("r1"));
    const frames = await client.answer();
    expect(frames.at(-1)).toMatchObject({ type: "error", code: "internal", seq: 3 });
    expect(JSON.stringify(frames)).not.toContain("secret");
    client.send({ type: "ping" });
    expect(await client.next()).toEqual({ type: "pong" });
  });

  it("beyond what one connection may follow is told to wait", async () => {
    const small = await TestServer.start({ limits: { subscriptionsPerSocket: 2 } });
    const gate = new Gate();
    small.assistant.pace = () => gate.pass();
    const socket = await small.socket();
    for (const id of ["a", "b", "c"]) socket.send(ask(id));
    const frames = [await socket.next(), await socket.next(), await socket.next()];
    expect(frames.filter(({ type }) => type === "start")).toHaveLength(2);
    expect(frames.find(({ type }) => type === "error")).toMatchObject({
      code: "rate_limited",
      message: "This connection follows 2 answers already: ask again in 1 second",
      requestId: "c",
    });
    expect(await small.metric('footnote_rate_limited_total{limit="connection"}')).toBe(1);
    gate.open();
  });
});

describe("cancel", () => {
  it("stops the answer and keeps what was written", async () => {
    const gate = new Gate();
    server.assistant.pace = (_, { signal }) => gate.pass(signal);
    client.send(ask("r1"));
    gate.step(5);
    const [start] = await client.answer(6);
    const other = await server.socket();
    other.send({ type: "cancel", messageId: start!.messageId });
    const [aborted] = await client.answer();
    expect(aborted).toMatchObject({ type: "aborted", seq: 7, answer: { text: "Graph " } });
    const kept = await (await server.get(`/api/messages/${start!.messageId}`)).json();
    expect(kept).toMatchObject({ role: "assistant", text: "Graph " });
  });

  it("of an answer that is complete changes nothing", async () => {
    client.send(ask("r1"));
    const [start] = await client.answer();
    client.send({ type: "cancel", messageId: start!.messageId });
    client.send({ type: "ping" });
    expect(await client.next()).toEqual({ type: "pong" });
  });

  it("of an answer that is not there is not found", async () => {
    client.send({ type: "cancel", messageId: "none" });
    expect(await client.next()).toMatchObject({ type: "error", code: "not_found" });
  });
});

describe("resume", () => {
  it("after a cut at any frame goes on without gap or double", async () => {
    client.send(ask("whole"));
    const whole = await client.answer();
    for (let cut = 1; cut < whole.length; cut++) {
      const gate = new Gate();
      server.assistant.pace = () => gate.pass();
      const first = await server.socket();
      first.send(ask(`cut-${cut}`));
      gate.step(cut - 1);
      const before = await first.answer(cut);
      first.drop();
      // Half of what is left is written while nobody listens.
      gate.step(Math.floor((whole.length - cut) / 2));
      const second = await server.socket();
      second.send({ type: "resume", messageId: before[0]!.messageId, afterSeq: cut });
      gate.open();
      const frames = [...before, ...(await second.answer())];
      expect(frames.map(({ type }) => type)).toEqual(whole.map(({ type }) => type));
      expect(frames.map(({ seq }) => seq)).toEqual(whole.map(({ seq }) => seq));
    }
  });

  it("on the same connection starts over from the given frame, and sends nothing twice", async () => {
    const gate = new Gate();
    server.assistant.pace = () => gate.pass();
    client.send(ask("r1"));
    gate.step(2);
    const [start] = await client.answer(3);
    client.send({ type: "resume", messageId: start!.messageId, afterSeq: 1 });
    expect((await client.answer(2)).map(({ seq }) => seq)).toEqual([2, 3]);
    gate.open();
    const rest = await client.answer();
    expect(rest.map(({ seq }) => seq)).toEqual(rest.map((_, i) => i + 4));
    client.send({ type: "ping" });
    expect(await client.next()).toEqual({ type: "pong" });
  });

  it("after the last frame waits for nothing; beyond it is refused", async () => {
    client.send(ask("r1"));
    const last = (await client.answer()).at(-1)!;
    client.send({ type: "resume", messageId: last.messageId, afterSeq: last.seq });
    client.send({ type: "resume", messageId: last.messageId, afterSeq: last.seq + 1 });
    expect(await client.next()).toMatchObject({ type: "error", code: "bad_request" });
    expect(client.waiting).toBe(0);
  });

  it("is refused when the frames are gone, or were never there", async () => {
    const brief = await TestServer.start({ limits: { resume: 1 } });
    const socket = await brief.socket();
    socket.send(ask("r1"));
    const [start] = await socket.answer();
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.send({ type: "resume", messageId: start!.messageId, afterSeq: 0 });
    expect(await socket.next()).toMatchObject({
      type: "error",
      code: "resume_unavailable",
      retryable: false,
    });
    socket.send({ type: "resume", messageId: "none", afterSeq: 0 });
    expect(await socket.next()).toMatchObject({ type: "error", code: "not_found" });
    socket.send(ask("r1"));
    const [again] = await socket.answer();
    expect(again?.messageId).not.toBe(start!.messageId);
  });
});

describe("other frames", () => {
  it("hello is welcomed, ping is answered", async () => {
    client.send({ type: "hello", protocol: 1, token: "whatever" });
    expect(await client.next()).toEqual({ type: "welcome", protocol: 1, owner: "local", admin: true });
    client.send({ type: "ping" });
    expect(await client.next()).toEqual({ type: "pong" });
  });

  it.each([
    ["{", "The frame is not valid JSON"],
    ["", "The frame is not valid JSON"],
    ["null", "the frame is null: it takes an object"],
    ["[]", "the frame is a list: it takes an object"],
    ["{}", "type is missing: it takes hello, ask, cancel, resume or ping"],
    ['{"type":"shout"}', 'type is "shout": it takes hello, ask, cancel, resume or ping'],
    ['{"type":"hello","protocol":2}', "protocol is 2: it takes 1"],
    [
      '{"type":"ask","requestId":"a b","question":"x"}',
      'requestId is "a b": it takes 1 to 64 of A-Z a-z 0-9 _ -',
    ],
    ['{"type":"ask","question":"x"}', "requestId is missing: it takes a string"],
    ['{"type":"resume","messageId":"m","afterSeq":-1}', "afterSeq is -1: at least 0 is allowed"],
    [Buffer.from('{"type":"ping"}'), "The frame is binary: it takes JSON as text"],
  ])("%j is answered with an error, and the connection stays", async (frame, message) => {
    client.send(frame);
    expect(await client.next()).toEqual({ type: "error", code: "bad_request", message, retryable: false });
    client.send({ type: "ping" });
    expect(await client.next()).toEqual({ type: "pong" });
  });

  it("a wrong ask is named by its requestId", async () => {
    client.send(ask("r1", { question: "" }));
    expect(await client.next()).toMatchObject({ code: "bad_request", requestId: "r1" });
  });

  it("an oversized frame closes with 1009, one of 64 KiB does not", async () => {
    const frame = '{"type":"ping","padding":"';
    client.send(`${frame}${"x".repeat(65_536 - frame.length - 2)}"}`);
    expect(await client.next()).toEqual({ type: "pong" });
    const closed = client.closed();
    client.send(`${frame}${"x".repeat(65_536 - frame.length - 1)}"}`);
    expect(await closed).toBe(1009);
  });
});

describe("a silent peer", () => {
  it("is pinged, and dropped when it does not answer", async () => {
    const quick = await TestServer.start({ limits: { ping: 50, silence: 500 } });
    const answering = await quick.socket();
    const silent = await quick.socket();
    let pings = 0;
    answering.raw.on("ping", () => {
      pings += 1;
    });
    silent.raw.pong = () => {};
    expect(await silent.closed()).toBe(1006);
    await eventually(() => pings).toBeGreaterThan(8);
    answering.send({ type: "ping" });
    expect(await answering.next()).toEqual({ type: "pong" });
  });
});
