import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { WebSocket } from "ws";
import { type ConnectionState, FootnoteClient, type SocketConstructor } from "../../src/client.ts";
import { parseApiKeys } from "../../src/config/api-keys.ts";
import type { AnswerFrame } from "../../src/protocol.ts";
import { cuttingSocket } from "../support/cutting-socket.ts";
import { eventually } from "../support/eventually.ts";
import { TestServer } from "../support/test-server.ts";

const KEY = "alices-key-0123456789";

function clientOf(
  { url }: { url: string },
  options: {
    WebSocket?: SocketConstructor;
    token?: string;
    patience?: number;
    states?: ConnectionState[];
  } = {},
): FootnoteClient {
  const { states, ...rest } = options;
  const client = new FootnoteClient({ url, WebSocket, onState: (state) => states?.push(state), ...rest });
  onTestFinished(() => client.close());
  return client;
}

async function all(frames: AsyncIterable<AnswerFrame>): Promise<AnswerFrame[]> {
  const got: AnswerFrame[] = [];
  for await (const frame of frames) got.push(frame);
  return got;
}

const text = (frames: readonly AnswerFrame[]) =>
  frames.flatMap((frame) => (frame.type === "delta" ? [frame.text] : [])).join("");

describe("asking", () => {
  it.each([4, 10])(
    "gives every frame once and in order where the socket is cut every %i frames",
    async (cut) => {
      const server = await TestServer.start();
      server.assistant.pace = () => delay(2);
      const CuttingSocket = cuttingSocket(cut);
      const client = clientOf(server, { WebSocket: CuttingSocket });
      const answers = await Promise.all(
        ["one", "two", "three"].map((question) => all(client.ask({ question }))),
      );
      for (const [at, frames] of answers.entries()) {
        expect(frames.map(({ seq }) => seq)).toEqual(frames.map((_, index) => index + 1));
        const last = frames.at(-1);
        expect(last?.type === "done" && last.answer.question).toBe(["one", "two", "three"][at]);
        expect(text(frames)).toBe(last?.type === "done" ? last.answer.text : "");
      }
      expect(server.assistant.asked).toHaveLength(3);
      expect(CuttingSocket.opened).toBeGreaterThan(Math.floor(39 / cut) / 3);
    },
  );

  it("opens one connection for several questions, and ends it with the last", async () => {
    const server = await TestServer.start();
    const states: ConnectionState[] = [];
    const client = clientOf(server, { states });
    await Promise.all([all(client.ask({ question: "one" })), all(client.ask({ question: "two" }))]);
    expect(states.map(({ kind }) => kind)).toEqual(["connecting", "connected", "closed"]);
  });

  it("stops the answer when its signal aborts, which ends with what was written", async () => {
    const server = await TestServer.start();
    server.assistant.pace = () => delay(20);
    const stop = new AbortController();
    const frames: AnswerFrame[] = [];
    for await (const frame of clientOf(server).ask({ question: "long" }, { signal: stop.signal })) {
      frames.push(frame);
      if (frame.type === "delta") stop.abort();
    }
    expect(frames.at(-1)).toMatchObject({ type: "aborted", answer: { cut: true } });
  });

  it("withdraws a question that is stopped before a connection has brought it", async () => {
    const stop = new AbortController();
    const asked = all(
      clientOf({ url: "http://127.0.0.1:9" }).ask({ question: "x" }, { signal: stop.signal }),
    );
    setTimeout(() => stop.abort(), 20);
    await expect(asked).rejects.toMatchObject({ name: "AbortError" });
  });

  it("rejects with the server's code where a question is refused", async () => {
    const server = await TestServer.start();
    const refused = all(clientOf(server).ask({ question: "x", conversationId: "not-there" }));
    await expect(refused).rejects.toMatchObject({
      name: "FootnoteError",
      code: "not_found",
      retryable: false,
    });
  });

  it("gives up where no server can be reached for longer than its patience", async () => {
    const client = clientOf({ url: "http://127.0.0.1:9" }, { patience: 0 });
    await expect(all(client.ask({ question: "x" }))).rejects.toMatchObject({
      code: "unreachable",
      retryable: true,
    });
  });
});

describe("resuming", () => {
  it("gives the frames of an answer from the first on, and the stored message where they are gone", async () => {
    const server = await TestServer.start({ limits: { resume: 1000 } });
    const client = clientOf(server);
    const frames = await all(client.ask({ question: "one" }));
    const messageId = frames[0]?.messageId ?? "";
    expect((await all(client.resume(messageId))).map(({ seq }) => seq)).toEqual(frames.map(({ seq }) => seq));
    const again = () => all(client.resume(messageId));
    await eventually(async () => (await again()).length).toBe(1);
    const [only] = await again();
    expect(only).toMatchObject({ type: "done", messageId, answer: { text: text(frames) } });
  });

  it("rejects where there is no such answer", async () => {
    const server = await TestServer.start();
    await expect(all(clientOf(server).resume("nowhere"))).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("calls", () => {
  it("reads and changes what the server holds", async () => {
    const server = await TestServer.start();
    const client = clientOf(server);
    const [start] = await all(client.ask({ question: "Rank?" }));
    const id = start?.type === "start" ? start.conversationId : "";
    expect((await client.search({ query: "graphs", limit: 3 })).results).toHaveLength(1);
    expect(await client.suggestions()).toEqual(["What ranks pages?"]);
    expect(await client.readiness()).toMatchObject({ status: "ready" });
    expect((await client.papers({ query: "graph", limit: 5 })).total).toBeGreaterThan(0);
    expect((await client.conversations({ query: "rank" })).conversations.map((one) => one.id)).toEqual([id]);
    expect((await client.rename(id, "Ranks")).title).toBe("Ranks");
    await client.giveFeedback(start?.messageId ?? "", { rating: "up" });
    expect((await client.message(start?.messageId ?? "")).feedback).toEqual({ rating: "up" });
    expect((await client.conversation(id, { limit: 1 })).messages).toHaveLength(1);
    expect(await client.exportConversation(id, "bibtex")).toBe("bibtex of Ranks");
    await client.remove(id);
    await expect(client.conversation(id)).rejects.toMatchObject({ code: "not_found" });
    expect((await client.restore(id)).id).toBe(id);
  });

  it("tells an index that is not ready, a call that takes too long, and one that was given up", async () => {
    const server = await TestServer.start();
    server.assistant.state = { status: "indexing", done: 1, total: 2 };
    server.assistant.searchMs = 500;
    const client = new FootnoteClient({ url: server.url, WebSocket, timeout: 100 });
    expect(await client.readiness()).toEqual({ status: "indexing", done: 1, total: 2 });
    await expect(client.search({ query: "x" })).rejects.toMatchObject({ code: "timeout", retryable: true });
    const given = client.search({ query: "x" }, { signal: AbortSignal.timeout(10) });
    await expect(given).rejects.toMatchObject({ name: "TimeoutError" });
  });

  it("gives its key to both doors, and says when it is refused", async () => {
    const server = await TestServer.start({ config: { apiKeys: parseApiKeys(`alice:${KEY}`) } });
    const states: ConnectionState[] = [];
    expect((await all(clientOf(server, { token: KEY, states }).ask({ question: "x" }))).at(-1)?.type).toBe(
      "done",
    );
    expect(states).toContainEqual({ kind: "connected", owner: "alice", admin: false });
    const stranger = clientOf(server, { token: "wrong-key-0123456789", states });
    await expect(all(stranger.ask({ question: "x" }))).rejects.toMatchObject({ code: "unauthorized" });
    expect(states.at(-1)).toMatchObject({ kind: "refused" });
    await expect(stranger.conversations()).rejects.toMatchObject({ code: "unauthorized" });
  });
});
