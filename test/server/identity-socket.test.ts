/** Who may do what over WebSocket: alice, bob and a stranger. */
import { beforeEach, expect, it } from "vitest";
import { Gate } from "../support/gate.ts";
import type { SocketClient } from "../support/socket-client.ts";
import { TestServer } from "../support/test-server.ts";
import { ALICE, apiKeys, BOB, bearer } from "../support/two-owners.ts";

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

it("hello with a key is welcomed by its owner's name", async () => {
  const client = await server.socket();
  client.send({ type: "hello", protocol: 1, token: BOB });
  expect(await client.next()).toEqual({ type: "welcome", protocol: 1, owner: "bob", admin: false });
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
    message: "The first frame must be a hello with an API key",
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
  expect(await client.next()).toEqual({ type: "welcome", protocol: 1, owner: "alice", admin: true });
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
