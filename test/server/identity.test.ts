/** Who may do what: alice, bob and a stranger over every call and every frame. */
import { once } from "node:events";
import { beforeEach, describe, expect, it } from "vitest";
import { parseApiKeys } from "../../src/config/api-keys.ts";
import { type AnswerFrame, Problem } from "../../src/protocol.ts";
import { ROUTES } from "../../src/server/routes/index.ts";
import { Gate } from "../support/gate.ts";
import { readEvents } from "../support/read-events.ts";
import type { SocketClient } from "../support/socket-client.ts";
import { TestServer } from "../support/test-server.ts";

const ALICE = "alices-key-0123456789";
const BOB = "bobs-key-0123456789";
const apiKeys = parseApiKeys(`alice:${ALICE}:admin,bob:${BOB}`);
const bearer = (key: string) => ({ Authorization: `Bearer ${key}` });
const ask = (requestId: string, rest: object = {}) => ({ type: "ask", requestId, question: "Why?", ...rest });

let server: TestServer;
beforeEach(async () => {
  server = await TestServer.start({ config: { apiKeys } });
});

/** A socket on which a key has been given. */
async function hello(token: string): Promise<SocketClient> {
  const client = await server.socket();
  client.send({ type: "hello", protocol: 1, token });
  expect((await client.next()).type).toBe("welcome");
  return client;
}

/** What alice has: a conversation with an answered question. */
async function aliceAsked() {
  const response = await server.send("POST", "/api/ask", { question: "Secret of alice?" }, bearer(ALICE));
  const { conversationId, messageId } = (await response.json()) as Record<string, string>;
  return { conversationId: conversationId!, messageId: messageId! };
}

describe("over HTTP", () => {
  interface Call {
    readonly call: string;
    readonly body?: object;
  }
  const CALLS: readonly Call[] = [
    { call: "POST /api/search", body: { query: "a" } },
    { call: "POST /api/ask", body: { question: "a" } },
    { call: "GET /api/messages/MESSAGE" },
    { call: "GET /api/messages/MESSAGE/events" },
    { call: "POST /api/messages/MESSAGE/feedback", body: { rating: "up" } },
    { call: "GET /api/papers" },
    { call: "GET /api/papers/p1" },
    { call: "GET /api/papers/p1/citation" },
    { call: "GET /api/conversations" },
    { call: "GET /api/conversations/CONVERSATION" },
    { call: "GET /api/conversations/CONVERSATION/export" },
    { call: "PATCH /api/conversations/CONVERSATION", body: { title: "mine" } },
    { call: "DELETE /api/conversations/CONVERSATION" },
    { call: "POST /api/conversations/CONVERSATION/restore" },
    { call: "GET /api/suggestions" },
    { call: "GET /api/map" },
    { call: "GET /api/openapi.json" },
    { call: "GET /metrics" },
  ];
  const OF_ONE = CALLS.filter(({ call }) => /MESSAGE|CONVERSATION/.test(call));

  /** Makes the call about what alice has. */
  function make(
    { call, body }: Call,
    ids: Awaited<ReturnType<typeof aliceAsked>>,
    headers: Record<string, string>,
  ) {
    const [method = "", address = ""] = call.split(" ");
    const placed = address.replace("MESSAGE", ids.messageId).replace("CONVERSATION", ids.conversationId);
    return server.send(method, placed, body, headers);
  }

  it("the calls below are all there are, but for those that are open", () => {
    const open = ["get /health", "get /ready"];
    const all = ROUTES.map(({ method, path }) => `${method} ${path}`);
    const patterns = all.filter((call) => !open.includes(call));
    const tried = CALLS.map(({ call }) =>
      call.replace(/MESSAGE|CONVERSATION|p1/, ":id").replace(/^\S+/, (m) => m.toLowerCase()),
    );
    expect(tried.sort()).toEqual(patterns.sort());
  });

  it.each(CALLS)("$call asks a stranger for a key", async (call) => {
    const ids = await aliceAsked();
    const asked = server.assistant.asked.length;
    for (const headers of [
      {},
      bearer("not-a-key-0123456789"),
      bearer(`${ALICE}x`),
      bearer(ALICE.slice(0, -1)),
      bearer("alice"),
      { Authorization: ALICE },
      { Authorization: `Basic ${btoa(`alice:${ALICE}`)}` },
    ]) {
      const response = await make(call, ids, headers);
      expect(response.status).toBe(401);
      expect(response.headers.get("www-authenticate")).toBe("Bearer");
      const { error } = Problem.parse(await response.json());
      expect(error).toMatchObject({ code: "unauthorized", retryable: false });
    }
    expect(server.assistant.asked).toHaveLength(asked);
  });

  it.each(OF_ONE)("$call of alice is not there for bob", async (call) => {
    const ids = await aliceAsked();
    if (call.call.endsWith("/restore")) {
      await server.send("DELETE", `/api/conversations/${ids.conversationId}`, undefined, bearer(ALICE));
    }
    const response = await make(call, ids, bearer(BOB));
    const { error } = Problem.parse(await response.json());
    expect([response.status, error.code]).toEqual([404, "not_found"]);
    // What is another's reads as what is nobody's.
    const nothing = await make(call, { messageId: "nothing", conversationId: "nothing" }, bearer(BOB));
    const missing = Problem.parse(await nothing.json()).error;
    expect(error.message.replace(/"[^"]+"/, '"nothing"')).toBe(missing.message);
    expect((await make(call, ids, bearer(ALICE))).status).toBeLessThan(300);
  });

  it("bob's lists and searches hold nothing of alice's, and he cannot ask on in what is hers", async () => {
    const ids = await aliceAsked();
    for (const address of ["/api/conversations", "/api/conversations?query=Secret"]) {
      expect(await (await server.get(address, bearer(BOB))).json()).toEqual({ conversations: [], total: 0 });
      expect(await (await server.get(address, bearer(ALICE))).json()).toMatchObject({ total: 1 });
    }
    const body = { question: "And?", conversationId: ids.conversationId };
    expect((await server.send("POST", "/api/ask", body, bearer(BOB))).status).toBe(404);
    expect((await server.send("POST", "/api/ask", body, bearer(ALICE))).status).toBe(200);
  });

  it("an answer that streams can be followed by its owner alone", async () => {
    const gate = new Gate();
    server.assistant.pace = () => gate.pass();
    const headers = { ...bearer(ALICE), Accept: "text/event-stream" };
    const response = await server.send("POST", "/api/ask", { question: "a" }, headers);
    const frames = readEvents(response);
    const { messageId } = (await frames.next()).value as AnswerFrame;
    const events = `/api/messages/${messageId}/events`;
    expect((await server.get(events, bearer(BOB))).status).toBe(404);
    expect((await server.get(events)).status).toBe(401);
    gate.open();
    const own = await server.get(events, bearer(ALICE));
    expect(own.status).toBe(200);
    await own.text();
  });

  it("a key counts whatever the case of the scheme, and before anything else is looked at", async () => {
    expect((await server.get("/api/papers", { Authorization: `bEARER  ${ALICE}` })).status).toBe(200);
    const wrong = await server.send("POST", "/api/ask", { nonsense: true });
    expect(wrong.status).toBe(401);
    expect((await server.get("/api/no-such-call")).status).toBe(401);
    expect((await server.get("/api/no-such-call", bearer(BOB))).status).toBe(404);
    expect((await server.get("/api/ask")).status).toBe(401);
  });

  it("health, readiness and the page are open to anyone", async () => {
    for (const address of ["/health", "/ready"]) expect((await server.get(address)).status).toBe(200);
    expect((await server.get("/conversation/1")).status).toBe(404);
  });

  it("the figures are the admins'", async () => {
    expect((await server.get("/metrics", bearer(ALICE))).status).toBe(200);
    const response = await server.get("/metrics", bearer(BOB));
    expect(Problem.parse(await response.json()).error).toMatchObject({
      code: "unauthorized",
      message: "This call asks for a key with the role admin",
    });
  });
});

describe("over WebSocket", () => {
  it("hello with a key is welcomed by its owner's name", async () => {
    const client = await server.socket();
    client.send({ type: "hello", protocol: 1, token: BOB });
    expect(await client.next()).toEqual({ type: "welcome", protocol: 1, owner: "bob" });
    client.send(ask("r1"));
    expect((await client.answer()).at(-1)?.type).toBe("done");
    expect(server.assistant.asked[0]).toMatchObject({ owner: "bob" });
  });

  it.each([
    { what: "a wrong key", frame: { type: "hello", protocol: 1, token: "not-a-key-0123456789" } },
    { what: "a key and more", frame: { type: "hello", protocol: 1, token: `${ALICE} ` } },
    { what: "an empty key", frame: { type: "hello", protocol: 1, token: "" } },
    { what: "no key", frame: { type: "hello", protocol: 1 } },
    { what: "another protocol", frame: { type: "hello", protocol: 2, token: ALICE } },
    { what: "a key that is too long", frame: { type: "hello", protocol: 1, token: "x".repeat(2000) } },
    { what: "ask", frame: ask("r1") },
    { what: "ping", frame: { type: "ping" } },
    { what: "cancel", frame: { type: "cancel", messageId: "m" } },
    { what: "resume", frame: { type: "resume", messageId: "m", afterSeq: 0 } },
    { what: "no JSON", frame: "nonsense" },
    { what: "nothing", frame: "" },
  ])("$what first is unauthorized, and the end", async ({ frame }) => {
    const client = await server.socket();
    const closed = client.closed();
    client.send(frame);
    // What stands behind it is not looked at.
    client.send({ type: "hello", protocol: 1, token: ALICE });
    client.send(ask("r2"));
    expect(await client.next()).toMatchObject({ type: "error", code: "unauthorized", retryable: false });
    expect(await closed).toBe(4401);
    expect(client.waiting).toBe(0);
    expect(server.assistant.asked).toEqual([]);
    const dropped = 'footnote_clients_dropped_total{reason="unauthorized"}';
    expect(await server.metric(dropped, bearer(ALICE))).toBe(1);
  });

  it("an ask before hello is named by its requestId", async () => {
    const client = await server.socket();
    client.send(ask("r1"));
    expect(await client.next()).toMatchObject({
      message: "The first frame is to be a hello with a key",
      requestId: "r1",
    });
  });

  it("a key in a header or an address is none", async () => {
    const client = await server.socket(bearer(ALICE));
    client.send(ask("r1"));
    expect(await client.next()).toMatchObject({ code: "unauthorized" });
  });

  it("who says nothing is dropped", async () => {
    server = await TestServer.start({ config: { apiKeys }, limits: { hello: 100 } });
    const silent = await server.socket();
    const closed = silent.closed();
    expect(await silent.next()).toMatchObject({
      code: "unauthorized",
      message: "No hello with a key came within 0.1 seconds",
    });
    expect(await closed).toBe(4401);
    const client = await hello(BOB);
    await new Promise((resolve) => setTimeout(resolve, 200));
    client.send({ type: "ping" });
    expect(await client.next()).toEqual({ type: "pong" });
  });

  it("hello again is welcomed with the same owner's key, and ends it with another's or a wrong one", async () => {
    const client = await hello(ALICE);
    client.send({ type: "hello", protocol: 1, token: ALICE });
    expect(await client.next()).toEqual({ type: "welcome", protocol: 1, owner: "alice" });
    for (const token of [BOB, "not-a-key-0123456789"]) {
      const other = await hello(ALICE);
      const closed = other.closed();
      other.send({ type: "hello", protocol: 1, token });
      expect(await other.next()).toMatchObject({ type: "error", code: "unauthorized" });
      expect(await closed).toBe(4401);
    }
  });

  it("what alice asked, bob can neither resume nor cancel, while it runs and after", async () => {
    const gate = new Gate();
    server.assistant.pace = () => gate.pass();
    const [alice, bob] = [await hello(ALICE), await hello(BOB)];
    alice.send(ask("r1"));
    const [start] = await alice.answer(1);
    const { messageId } = start!;
    const tried = async () => {
      bob.send({ type: "resume", messageId, afterSeq: 0 });
      expect(await bob.next()).toMatchObject({ type: "error", code: "not_found" });
      bob.send({ type: "cancel", messageId });
      expect(await bob.next()).toMatchObject({ type: "error", code: "not_found" });
    };
    await tried();
    gate.open();
    expect((await alice.answer()).at(-1)?.type).toBe("done");
    await tried();
    expect(bob.waiting).toBe(0);
    const conversationId = start?.type === "start" ? start.conversationId : "";
    bob.send(ask("r2", { conversationId }));
    expect(await bob.next()).toMatchObject({ code: "not_found", requestId: "r2" });
  });

  it("the same requestId of two owners names two requests", async () => {
    const [alice, bob] = [await hello(ALICE), await hello(BOB)];
    alice.send(ask("same", { question: "Of alice?" }));
    const [ofAlice] = await alice.answer();
    bob.send(ask("same", { question: "Of bob?" }));
    const frames = await bob.answer();
    expect(frames[0]?.messageId).not.toBe(ofAlice?.messageId);
    expect(frames.at(-1)).toMatchObject({ answer: { question: "Of bob?" } });
  });
});

describe("listening to other machines", () => {
  it.each(["0.0.0.0", "::", "192.0.2.1", "footnote.example", "0", "[::]"])(
    "on %s without keys is refused",
    async (host) => {
      const error = await TestServer.start({ config: { host } }).catch((reason: unknown) => reason);
      expect(error).toMatchObject({
        code: "internal",
        message:
          `HOST="${host}" lets other machines in, and API_KEYS names nobody: ` +
          "set API_KEYS=name:KEY, or AUTH=none if anyone may ask and read",
      });
    },
  );

  it("is fine with keys, or when AUTH=none says that it is meant", async () => {
    const host = "0.0.0.0";
    const keyed = await TestServer.start({ config: { host, apiKeys } });
    expect((await keyed.get("/api/papers")).status).toBe(401);
    const open = await TestServer.start({ config: { host, openToAll: true } });
    expect((await open.get("/api/papers")).status).toBe(200);
    expect((await open.get("/metrics")).status).toBe(200);
  });

  it.each(["127.0.0.1", "127.1.2.3", "localhost", "LocalHost", "::1"])("%s is this machine", async (host) => {
    await TestServer.start({ config: { host } });
  });
});

it("no key is ever in what is sent or logged", async () => {
  const sent: string[] = [];
  const wrong = "a-wrong-key-0123456789";
  for (const [key, headers] of [
    [ALICE, bearer(ALICE)],
    [BOB, bearer(BOB)],
    [wrong, bearer(wrong)],
    [ALICE, { Authorization: `Basic ${ALICE}` }],
  ] as const) {
    for (const { method, path, body } of ROUTES) {
      const input = body === undefined ? undefined : { question: "a", query: "a", title: "a" };
      const response = await server.send(method.toUpperCase(), path.replace(":id", "p1"), input, headers);
      sent.push(JSON.stringify([...response.headers]), await response.text());
    }
    const client = await server.socket(headers);
    client.raw.on("message", (data) => sent.push(data.toString()));
    const closed = once(client.raw, "close");
    client.send({ type: "hello", protocol: 1, token: key });
    client.send({ type: "hello", protocol: 1, token: [key] });
    client.send({ type: "hello", protocol: 1, token: `${key}${"x".repeat(2000)}` });
    client.send({ type: "hello", protocol: 1, token: `${key}!` });
    await closed;
  }
  const everything = [...sent, JSON.stringify(server.log)].join("\n");
  expect(everything).toContain("unauthorized");
  for (const key of [ALICE, BOB, wrong]) expect(everything).not.toContain(key);
  for (const { digest } of apiKeys) expect(everything).not.toContain(digest);
});
