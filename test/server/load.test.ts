/** More asks than can be answered at once: the line, and the limit, over every transport. */
import { describe, expect, it } from "vitest";
import { parseApiKeys } from "../../src/config/api-keys.ts";
import { type AnswerFrame, Problem } from "../../src/protocol.ts";
import { eventually } from "../support/eventually.ts";
import { Gate } from "../support/gate.ts";
import { readEvents } from "../support/read-events.ts";
import type { SocketClient } from "../support/socket-client.ts";
import { TestServer } from "../support/test-server.ts";

const ask = (requestId: string, question = "Why?") => ({ type: "ask", requestId, question });
const jsonAsk = (server: TestServer, headers: Record<string, string> = {}) =>
  server.send("POST", "/api/ask", { question: "Why?" }, headers);

/** The frames that end answers, in the order in which they come. */
async function ends(client: SocketClient, count: number): Promise<AnswerFrame[]> {
  const frames: AnswerFrame[] = [];
  while (frames.length < count) {
    const [frame] = await client.answer(1);
    if (["done", "aborted", "error"].includes(frame!.type)) frames.push(frame!);
  }
  return frames;
}

describe("RATE_LIMIT_PER_MINUTE", () => {
  const start = (rateLimitPerMinute: number) => TestServer.start({ config: { rateLimitPerMinute } });

  it("counts asks as JSON, as events and over WebSocket together", async () => {
    const server = await start(3);
    const client = await server.socket();
    expect((await jsonAsk(server)).status).toBe(200);
    const events = await jsonAsk(server, { Accept: "text/event-stream" });
    for await (const _ of readEvents(events));
    client.send(ask("r1"));
    await client.answer();

    for (const accept of ["application/json", "text/event-stream"]) {
      const response = await jsonAsk(server, { Accept: accept });
      const { error } = Problem.parse(await response.json());
      expect(response.status).toBe(429);
      const seconds = Number(response.headers.get("retry-after"));
      expect(seconds).toBeGreaterThan(50);
      expect(seconds).toBeLessThanOrEqual(60);
      expect(error).toEqual({
        code: "rate_limited",
        message: `3 questions in a minute are the limit: ask again in ${seconds} seconds`,
        retryable: true,
      });
    }
    client.send(ask("r2"));
    expect(await client.next()).toMatchObject({
      type: "error",
      code: "rate_limited",
      message: expect.stringMatching(
        /^3 questions in a minute are the limit: ask again in (5\d|60) seconds$/,
      ),
      retryable: true,
      requestId: "r2",
    });
    expect(server.assistant.asked).toHaveLength(3);
    expect(await server.metric('footnote_rate_limited_total{limit="rate"}')).toBe(3);
  });

  it("counts no requestId twice, and no search as a question", async () => {
    const server = await start(1);
    const client = await server.socket();
    for (let i = 0; i < 5; i++) client.send(ask("same"));
    const frames = await ends(client, 1);
    expect(frames[0]?.type).toBe("done");
    for (let i = 0; i < 5; i++) {
      expect((await server.get("/api/papers")).status).toBe(200);
      expect((await server.get("/api/conversations")).status).toBe(200);
    }
    expect((await server.send("POST", "/api/search", { query: "a" })).status).toBe(200);
    client.send(ask("same"));
    expect((await client.answer()).at(-1)?.type).toBe("done");
    expect((await jsonAsk(server)).status).toBe(429);
  });

  it("counts searches of every kind together, to four times as many, each owner's for itself", async () => {
    const apiKeys = parseApiKeys("alice:alices-key-000000:admin,bob:bobs-key-00000000");
    const server = await TestServer.start({ config: { rateLimitPerMinute: 1, apiKeys } });
    const as = (key: string) => ({ Authorization: `Bearer ${key}` });
    const searches = (headers: Record<string, string>) => [
      () => server.send("POST", "/api/search", { query: "a" }, headers),
      () => server.get("/api/conversations?query=a", headers),
      () => server.get("/api/papers?query=a", headers),
    ];
    const alice = searches(as("alices-key-000000"));
    for (const search of [...alice, ...alice.slice(0, 1)]) expect((await search()).status).toBe(200);
    for (const search of alice) {
      const response = await search();
      const { error } = Problem.parse(await response.json());
      expect(response.status).toBe(429);
      const seconds = Number(response.headers.get("retry-after"));
      expect(error.message).toBe(`4 searches in a minute are the limit: ask again in ${seconds} seconds`);
    }
    for (const search of searches(as("bobs-key-00000000"))) expect((await search()).status).toBe(200);
    expect((await jsonAsk(server, as("alices-key-000000"))).status).toBe(200);
    const told = await server.metric('footnote_rate_limited_total{limit="search"}', as("alices-key-000000"));
    expect(told).toBe(3);
  });

  it("counts each owner for itself", async () => {
    const apiKeys = parseApiKeys("alice:alices-key-000000,bob:bobs-key-00000000");
    const server = await TestServer.start({ config: { rateLimitPerMinute: 1, apiKeys } });
    const alice = { Authorization: "Bearer alices-key-000000" };
    const bob = { Authorization: "Bearer bobs-key-00000000" };
    expect((await jsonAsk(server, alice)).status).toBe(200);
    expect((await jsonAsk(server, alice)).status).toBe(429);
    expect((await jsonAsk(server, bob)).status).toBe(200);
  });

  it("believes X-Forwarded-For only of TRUST_PROXY", async () => {
    const forwarded = (address: string) => ({ "X-Forwarded-For": address });
    const server = await start(1);
    expect((await jsonAsk(server, forwarded("198.51.100.1"))).status).toBe(200);
    expect((await jsonAsk(server, forwarded("198.51.100.2"))).status).toBe(429);

    const trustedProxies = { hops: 1, networks: [] };
    const behind = await TestServer.start({ config: { rateLimitPerMinute: 1, trustedProxies } });
    expect((await jsonAsk(behind, forwarded("198.51.100.1"))).status).toBe(200);
    expect((await jsonAsk(behind, forwarded("198.51.100.2"))).status).toBe(200);
    expect((await jsonAsk(behind, forwarded("203.0.113.9, 198.51.100.1"))).status).toBe(429);
    const client = await behind.socket(forwarded("198.51.100.2"));
    client.send(ask("r1"));
    expect(await client.next()).toMatchObject({ code: "rate_limited", requestId: "r1" });
  });
});

describe("MAX_CONCURRENT_ANSWERS", () => {
  async function start(maxConcurrentAnswers: number, waiting = 1000) {
    const server = await TestServer.start({
      config: { maxConcurrentAnswers },
      limits: { waiting, subscriptionsPerSocket: 2000 },
    });
    const gate = new Gate();
    server.assistant.pace = (_, { signal }) => gate.pass(signal);
    return { server, gate };
  }
  const waiting = (server: TestServer) => server.metric("footnote_answers_waiting");

  it("answers so many at once, and every one of two hundred rightly", async () => {
    const server = await TestServer.start({ config: { maxConcurrentAnswers: 4 } });
    const busy = new Set<string>();
    let most = 0;
    server.assistant.pace = async (index, { messageId }) => {
      busy.add(messageId);
      most = Math.max(most, busy.size);
      await new Promise((resolve) => setTimeout(resolve, 0));
      // The script's last event.
      if (index === 12) busy.delete(messageId);
    };
    const clients = await Promise.all(Array.from({ length: 200 }, () => server.socket()));
    const answered = clients.map(async (client, at) => {
      client.send(ask(`r${at}`, `Question ${at}?`));
      return client.answer();
    });
    for (const [at, frames] of (await Promise.all(answered)).entries()) {
      expect(frames.map(({ seq }) => seq)).toEqual(frames.map((_, i) => i + 1));
      expect(frames.at(-1)).toMatchObject({ type: "done", answer: { question: `Question ${at}?` } });
    }
    expect(most).toBeLessThanOrEqual(4);
    expect(await server.metric("footnote_answers_running")).toBe(0);
  });

  it("keeps one client with a thousand asks from starving another", async () => {
    const { server, gate } = await start(2);
    const many = await server.socket();
    for (let i = 0; i < 1000; i++) many.send(ask(`many-${i}`));
    await eventually(() => waiting(server)).toBe(998);
    const one = await server.socket();
    one.send(ask("one"));
    await one.answer(1);
    expect(await waiting(server)).toBe(999);
    gate.open();
    expect((await one.answer()).at(-1)?.type).toBe("done");
    await ends(many, 1000);
    const order = server.log.filter(({ msg }) => msg === "answer").map(({ requestId }) => requestId);
    expect(order).toHaveLength(1001);
    expect(order.indexOf("one")).toBeLessThanOrEqual(4);
  });

  it("tells a waiting ask its id at once, so that it can be cancelled and resumed", async () => {
    const { server, gate } = await start(1);
    const client = await server.socket();
    client.send(ask("running"));
    await client.answer(1);
    client.send(ask("waiting"));
    const [start1] = await client.answer(1);
    expect(start1).toMatchObject({ type: "start", requestId: "waiting", seq: 1 });
    expect(await waiting(server)).toBe(1);

    const other = await server.socket();
    other.send({ type: "resume", messageId: start1!.messageId, afterSeq: 0 });
    expect(await other.answer(1)).toEqual([start1]);
    client.send({ type: "cancel", messageId: start1!.messageId });
    const [end] = await client.answer();
    expect(end).toMatchObject({ type: "aborted", messageId: start1!.messageId, answer: { text: "" } });
    expect(await other.answer()).toEqual([end]);
    expect(await waiting(server)).toBe(0);
    gate.open();
    expect((await client.answer()).at(-1)).toMatchObject({ type: "done" });
  });

  it("forgets a waiting ask for JSON when its asker goes", async () => {
    const { server, gate } = await start(1);
    const running = jsonAsk(server);
    await eventually(() => server.metric("footnote_answers_running")).toBe(1);
    const gone = new AbortController();
    const init = {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: '{"question":"a"}',
    };
    const asked = fetch(`${server.url}/api/ask`, { ...init, signal: gone.signal });
    await eventually(() => waiting(server)).toBe(1);
    gone.abort();
    await expect(asked).rejects.toThrow();
    await eventually(() => waiting(server)).toBe(0);
    gate.open();
    expect((await running).status).toBe(200);
  });

  it("refuses what does not fit into the line, with the wait", async () => {
    const { server, gate } = await start(1, 2);
    const client = await server.socket();
    for (let i = 0; i < 3; i++) client.send(ask(`r${i}`));
    await eventually(() => waiting(server)).toBe(2);
    client.send(ask("r3"));
    for (let frame = await client.next(); ; frame = await client.next()) {
      if (frame.type !== "error") continue;
      expect(frame).toMatchObject({
        code: "rate_limited",
        message: "2 questions wait for an answer already: ask again in 5 seconds",
        requestId: "r3",
      });
      break;
    }
    const answers = Array.from({ length: 3 }, () => jsonAsk(server));
    const refused = await Promise.race(answers);
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "5"]);
    expect(await server.metric('footnote_rate_limited_total{limit="line"}')).toBeGreaterThan(0);
    gate.open();
    await Promise.all(answers);
  });

  it("says how long an ask waited, in the log and in the figures", async () => {
    const { server, gate } = await start(1);
    const client = await server.socket();
    client.send(ask("r1"));
    client.send(ask("r2"));
    await eventually(() => waiting(server)).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 60));
    gate.open();
    await ends(client, 2);
    await eventually(() => server.log.filter(({ msg }) => msg === "answer").length).toBe(2);
    const line = server.log.find(({ msg, requestId }) => msg === "answer" && requestId === "r2");
    expect(line?.waitedMs).toBeGreaterThanOrEqual(50);
    expect(await server.metric('footnote_answer_seconds_bucket{stage="waiting",le="0.025"}')).toBe(1);
    expect(await server.metric('footnote_answer_seconds_count{stage="waiting"}')).toBe(2);
  });
});
