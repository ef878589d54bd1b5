/** Who may do what over HTTP: alice, bob and a stranger over every call. */
import { once } from "node:events";
import { beforeEach, describe, expect, it } from "vitest";
import { type AnswerFrame, Problem } from "../../src/protocol.ts";
import { ROUTES } from "../../src/server/routes/index.ts";
import { Gate } from "../support/gate.ts";
import { readEvents } from "../support/read-events.ts";
import { TestServer } from "../support/test-server.ts";
import { ALICE, apiKeys, BOB, bearer } from "../support/two-owners.ts";

let server: TestServer;
beforeEach(async () => {
  server = await TestServer.start({ config: { apiKeys } });
});

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
    { call: "POST /api/find", body: { text: "a" } },
    { call: "POST /api/citations", body: { paperIds: ["p1"] } },
    { call: "POST /api/ask", body: { question: "a" } },
    { call: "GET /api/messages/MESSAGE" },
    { call: "GET /api/messages/MESSAGE/events" },
    { call: "POST /api/messages/MESSAGE/feedback", body: { rating: "up" } },
    { call: "GET /api/papers" },
    { call: "GET /api/papers/p1" },
    { call: "GET /api/papers/p1/body" },
    { call: "PATCH /api/papers/p1", body: { addTags: ["a"] } },
    { call: "DELETE /api/papers/p1" },
    { call: "GET /api/papers/p1/citation" },
    { call: "GET /api/ingest" },
    { call: "POST /api/ingest", body: {} },
    { call: "GET /api/ingest/a1" },
    ...["files", "preview", "start", "cancel", "undo"].map((step) => ({
      call: `POST /api/ingest/a1/${step}`,
    })),
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
    { call: "POST /v1/chat/completions", body: { messages: [{ role: "user", content: "a" }] } },
    { call: "POST /v1/embeddings", body: { input: "a" } },
    { call: "GET /v1/models" },
    { call: "GET /v1/models/footnote" },
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
      call
        .replace(/MESSAGE|CONVERSATION|p1|a1/, ":id")
        .replace(/models\/footnote/, "models/:model")
        .replace(/^\S+/, (m) => m.toLowerCase()),
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
      const { error } = (await response.json()) as { error: object };
      const told = call.call.includes("/v1/")
        ? { code: "invalid_api_key", type: "invalid_request_error" }
        : { code: "unauthorized", retryable: false };
      expect(error).toMatchObject(told);
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

describe("listening to other machines", () => {
  it.each(["0.0.0.0", "::", "192.0.2.1", "footnote.example", "0", "[::]"])(
    "on %s without keys is refused",
    async (host) => {
      const error = await TestServer.start({ config: { host } }).catch((reason: unknown) => reason);
      expect(error).toMatchObject({
        code: "config",
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
