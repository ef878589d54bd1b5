/** Frames and bodies changed at random: never a crash, never silence, never a look inside. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { Problem } from "../../src/protocol.ts";
import { TestServer } from "../support/test-server.ts";

const VALID = [
  { type: "hello", protocol: 1, token: "t" },
  {
    type: "ask",
    requestId: "r1",
    question: "Why?",
    scope: { paperIds: ["p1"], filter: { yearFrom: 2000 } },
    limit: 5,
  },
  { type: "cancel", messageId: "m" },
  { type: "resume", messageId: "m", afterSeq: 0 },
  { type: "ping" },
].map((frame) => JSON.stringify(frame));

/** A valid frame with one span cut out, doubled, or replaced by something else. */
const changedText = fc
  .record({
    text: fc.constantFrom(...VALID),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat(20),
    put: fc.oneof(
      fc.string({ unit: "binary", maxLength: 20 }),
      fc.constantFrom(
        "",
        '"',
        "{",
        "]",
        "null",
        "-1",
        "1e999",
        "\0",
        "__proto__",
        "\\ud800",
        "[".repeat(5000),
      ),
    ),
  })
  .map(({ text, at, length, put }) => {
    const start = Math.floor(at * text.length);
    return text.slice(0, start) + put + text.slice(start + length);
  });
const anyJson = fc.json({ maxDepth: 4 });
const anyFields = fc
  .record(
    {
      type: fc.constantFrom("hello", "ask", "cancel", "resume", "ping", "nothing", "constructor"),
      requestId: fc.oneof(fc.string(), fc.constant("ok")),
      question: fc.oneof(fc.string(), fc.jsonValue()),
      messageId: fc.oneof(fc.string(), fc.jsonValue()),
      afterSeq: fc.oneof(fc.integer(), fc.double(), fc.jsonValue()),
      scope: fc.jsonValue(),
      protocol: fc.oneof(fc.constant(1), fc.jsonValue()),
      limit: fc.oneof(fc.integer(), fc.jsonValue()),
    },
    { requiredKeys: ["type"] },
  )
  .map((frame) => JSON.stringify(frame));
const inputs = fc.oneof(changedText, anyJson, anyFields, fc.string({ unit: "binary" }));

const INSIDE = /\.ts\b|node_modules|at .+:\d+|\/home|\/work/;

it("answers every frame, with an error or rightly, and lives on", async () => {
  const server = await TestServer.start({ limits: { followsPerSocket: 10_000 } });
  const client = await server.socket();
  await fc.assert(
    fc.asyncProperty(inputs, async (text) => {
      client.send(text);
      client.send({ type: "ping" });
      // Right frames may be followed by an answer, and a frame that only cancels by nothing.
      for (let frame = await client.next(); frame.type !== "pong"; frame = await client.next()) {
        expect(frame.type === "error" && frame.code).not.toBe("internal");
        expect(JSON.stringify(frame)).not.toMatch(INSIDE);
      }
    }),
    { numRuns: 500 },
  );
  expect(server.log.filter(({ level }) => Number(level) >= 50)).toEqual([]);
});

it("answers every body, with a problem or rightly", async () => {
  const server = await TestServer.start();
  const headers = { "Content-Type": "application/json" };
  const addresses = ["/api/ask", "/api/search", "/api/messages/m/feedback", "/api/conversations/c"];
  await fc.assert(
    fc.asyncProperty(inputs, fc.constantFrom(...addresses), async (body, address) => {
      const method = address === "/api/conversations/c" ? "PATCH" : "POST";
      const response = await fetch(server.url + address, { method, headers, body });
      expect(response.status).toBeLessThan(500);
      const text = await response.text();
      expect(text).not.toMatch(INSIDE);
      if (response.status >= 400) expect(Problem.parse(JSON.parse(text)).error.message).not.toBe("");
    }),
    { numRuns: 300 },
  );
});

it("answers every query and path", async () => {
  const server = await TestServer.start();
  const names = fc.constantFrom("limit", "cursor", "query", "format", "__proto__", "a[b]");
  const paths = fc.constantFrom(
    "/api/papers",
    "/api/conversations",
    "/api/papers/p1/citation",
    "/api/conversations/c/export",
  );
  const pairs = fc.array(fc.tuple(names, fc.oneof(fc.string(), fc.integer().map(String))), { maxLength: 4 });
  const tails = fc.oneof(
    fc.constant(""),
    fc.string().map((text) => `/${encodeURIComponent(text)}`),
  );
  await fc.assert(
    fc.asyncProperty(paths, tails, pairs, async (path, tail, query) => {
      const response = await server.get(`${path}${tail}?${new URLSearchParams(query)}`);
      expect(response.status).toBeLessThan(500);
      expect(await response.text()).not.toMatch(INSIDE);
    }),
    { numRuns: 300 },
  );
});
