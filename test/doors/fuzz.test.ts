/**
 * Ten thousand inputs, changed at random, through every door of the real server over the real papers: each is answered
 * rightly or with its error code, in time, and without a look inside.
 */
import { once } from "node:events";
import { connect } from "node:net";
import { text as textOf } from "node:stream/consumers";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { z } from "zod";
import { type ClientCode, ERRORS } from "../../src/errors.ts";
import {
  AskBody,
  ClientFrame,
  Feedback,
  FindBody,
  MAX_FRAME_BYTES,
  Problem,
  RenameBody,
  SearchBody,
  type ServerFrame,
} from "../../src/protocol.ts";
import { rawCall } from "../support/raw-call.ts";
import { SocketClient } from "../support/socket-client.ts";
import { FuzzedServer, KEY } from "./fuzzed-server.ts";
import { inParallel } from "./in-parallel.ts";
import { addresses, calls, frames, keys, requests, samples } from "./inputs.ts";

const COUNTS = { frames: 3500, bodies: 3000, addresses: 2000, requests: 1000, hellos: 250, headers: 250 };
/** Connections that try at the same time: each answer waits for those of all the others. */
const AT_ONCE = 8;
/** Milliseconds without a byte: answers took 1,400 at worst where ten other processes kept two cores busy, 2,000 where more did. */
const SAYS_NO_MORE_MS = 5000;

let server: FuzzedServer;
beforeAll(async () => {
  server = await FuzzedServer.start();
});
afterAll(async () => {
  await server?.close();
});

const times = <Value>(make: () => Value, count = AT_ONCE): Value[] => Array.from({ length: count }, make);

it("are ten thousand", () => {
  expect(Object.values(COUNTS).reduce((sum, count) => sum + count, 0)).toBe(10_000);
});

// ── WebSocket ───────────────────────────────────────────────────────────────────────────────────────────

/** What the contract makes of a frame. */
function meaningOf(given: string): ClientFrame | undefined {
  try {
    return ClientFrame.safeParse(JSON.parse(given)).data;
  } catch {
    return undefined;
  }
}

const isEnd = (frame: ServerFrame) => "seq" in frame && ["done", "aborted", "error"].includes(frame.type);

/** Asks for what never was: looked up behind what the frame before it asks for, and so refused after its reply. */
const LAST = { type: "resume", requestId: "behind-the-frame", messageId: "never-was", afterSeq: 0 } as const;
const isLast = (frame: ServerFrame) => "requestId" in frame && frame.requestId === LAST.requestId;

/** The reply to one frame, all of it: what comes before that to LAST behind it, and the end of what it started. */
async function replyTo(client: SocketClient, given: string): Promise<ServerFrame[]> {
  const meaning = meaningOf(given);
  client.send(given);
  client.send(LAST);
  const replies: ServerFrame[] = [];
  let more = true;
  let open = meaning?.type === "ask" ? 1 : 0;
  while (more || open > 0) {
    const frame = await client.next();
    server.expectNoLeak(JSON.stringify(frame));
    if (isLast(frame)) {
      more = false;
      continue;
    }
    replies.push(frame);
    if (isEnd(frame) || (open > 0 && frame.type === "error")) open -= 1;
    if (meaning?.type === "resume" && frame.type === "start") open += 1;
  }
  return replies;
}

function expectRight(given: string, replies: readonly ServerFrame[]): void {
  const meaning = meaningOf(given);
  const errors = replies.filter((frame) => frame.type === "error");
  for (const { code } of errors)
    expect(["internal", "indexing", "model_error", "rate_limited"]).not.toContain(code);
  if (meaning === undefined) expect(replies).toMatchObject([{ type: "error", code: "bad_request" }]);
  else if (meaning.type === "hello") expect(replies).toMatchObject([{ type: "welcome" }]);
  else if (meaning.type === "ping") expect(replies).toEqual([{ type: "pong" }]);
  else if (meaning.type === "ask" && errors.length === 0)
    expect(replies.at(-1)?.type).toMatch(/^(done|aborted)$/);
}

it("over WebSocket", async () => {
  const inputs = samples(frames(server.known), COUNTS.frames);
  const url = `${server.open.url.replace("http", "ws")}/ws`;
  const clients = await Promise.all(times(() => SocketClient.open(url)));
  await inParallel(
    inputs,
    clients.map((client) => async (given) => expectRight(given, await replyTo(client, given))),
  );
  for (const client of clients) client.drop();
  const understood = inputs.filter((given) => meaningOf(given) !== undefined).length;
  expect(understood).toBeGreaterThan(COUNTS.frames / 10);
  expect(understood).toBeLessThan((COUNTS.frames * 9) / 10);
  expect(server.faults()).toEqual([]);
});

it("as a first frame where a key is asked for", async () => {
  const tokens = samples(keys(KEY), COUNTS.hellos);
  const url = `${server.keyed.url.replace("http", "ws")}/ws`;
  const attempt = async (token: string) => {
    const client = await SocketClient.open(url);
    const closed = once(client.raw, "close");
    client.send({ type: "hello", protocol: 1, token });
    const reply = await client.next();
    server.expectNoLeak(JSON.stringify(reply));
    if (token === KEY) expect(reply).toMatchObject({ type: "welcome", owner: "local" });
    else {
      expect(reply).toMatchObject({ type: "error", code: "unauthorized" });
      expect((await closed)[0]).toBe(4401);
    }
    client.drop();
  };
  await inParallel(
    tokens,
    times(() => attempt),
  );
});

// ── HTTP ────────────────────────────────────────────────────────────────────────────────────────────────

/** A response as the contract allows it: no fault of the server's, a problem where it is none of the good ones. */
function expectAnswer(status: number, type: string | undefined, body: string): void {
  server.expectNoLeak(body);
  expect(status).toBeLessThan(500);
  if (status < 400) return;
  expect(type).toBe("application/json; charset=utf-8");
  if (body !== "")
    expect(ERRORS[Problem.parse(JSON.parse(body)).error.code as ClientCode].status).toBe(status);
}

const SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  ask: AskBody,
  search: SearchBody,
  find: FindBody,
  feedback: Feedback,
};

function fits(call: string, body: string): boolean {
  const schema = SCHEMAS[call.split("/").at(-1) ?? ""] ?? RenameBody;
  try {
    return schema.safeParse(JSON.parse(body)).success;
  } catch {
    return false;
  }
}

it("as the body of every call that takes one", async () => {
  const attempt = async ({ call, body }: { call: string; body: string }) => {
    const [method = "", address = ""] = call.split(" ");
    const headers = { "Content-Type": "application/json" };
    const response = await fetch(server.open.url + address, { method, headers, body });
    const text = await response.text();
    expectAnswer(response.status, response.headers.get("content-type") ?? undefined, text);
    if (Buffer.byteLength(body) > MAX_FRAME_BYTES) expect(response.status).toBe(413);
    else if (!fits(call, body)) expect(response.status).toBe(400);
  };
  await inParallel(
    samples(calls(server.known), COUNTS.bodies),
    times(() => attempt),
  );
  expect(server.faults()).toEqual([]);
});

it("as path, query and method", async () => {
  const attempt = async ({ method, address }: { method: string; address: string }) => {
    const { status, headers, body } = await rawCall(server.open, {}, method, address);
    expectAnswer(status, headers["content-type"], body);
  };
  await inParallel(
    samples(addresses(server.known), COUNTS.addresses),
    times(() => attempt),
  );
  expect(server.faults()).toEqual([]);
});

it("as the bytes of a request", async () => {
  const attempt = async (bytes: string) => {
    const socket = connect(server.open.port, "127.0.0.1");
    // A client that is refused in the middle of its sending may be cut off.
    socket.on("error", () => {});
    socket.write(bytes, "latin1");
    // Then it says that no more will come: what is no whole request yet never will be one.
    socket.setTimeout(SAYS_NO_MORE_MS, () => socket.end());
    const answer = await textOf(socket).catch(() => "");
    server.expectNoLeak(answer);
    const [, status, head = "", body = ""] =
      /^(?:HTTP\/1\.1 100 Continue\r\n\r\n)?HTTP\/1\.1 (\d{3})(.*?)\r\n\r\n(.*)$/s.exec(answer) ?? [];
    if (bytes.trim() !== "") expect(status, JSON.stringify(bytes)).toBeDefined();
    if (status === undefined) return;
    expectAnswer(Number(status), /^Content-Type: (.+?)\r?$/im.exec(head)?.[1], body);
  };
  await inParallel(
    samples(requests(server.known), COUNTS.requests),
    times(() => attempt),
  );
  expect(server.faults()).toEqual([]);
});

it("as a key in a header", async () => {
  const sendable = samples(keys(KEY), COUNTS.headers * 4).filter((key) => /^[\x20-\x7e]*$/.test(key));
  const attempt = async (key: string) => {
    const headers = { Authorization: key };
    const {
      status,
      headers: answered,
      body,
    } = await rawCall(server.keyed, headers, "GET", "/api/suggestions");
    expectAnswer(status, answered["content-type"], body);
    const right = new RegExp(`^bearer +${KEY} *$`, "i").test(key) && key.includes(KEY);
    expect(status).toBe(right ? 200 : 401);
  };
  expect(sendable.length).toBeGreaterThanOrEqual(COUNTS.headers);
  await inParallel(
    sendable.slice(0, COUNTS.headers),
    times(() => attempt),
  );
});

it("and then the server is as it was", async () => {
  const response = await fetch(`${server.open.url}/metrics`);
  const figures = await response.text();
  expect(figures).toContain("\nfootnote_answers_running 0\n");
  expect(figures).toContain("\nfootnote_answers_waiting 0\n");
  for (const line of server.log) expect(line).not.toContain(KEY);
});
