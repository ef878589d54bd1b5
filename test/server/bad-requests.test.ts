/** What a request can do wrong, and the one sentence that it gets back. */
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { beforeEach, describe, expect, it } from "vitest";
import { type ClientCode, ERRORS } from "../../src/errors.ts";
import { Problem } from "../../src/protocol.ts";
import { rawCall } from "../support/raw-call.ts";
import { TestServer } from "../support/test-server.ts";

let server: TestServer;
beforeEach(async () => {
  server = await TestServer.start();
});

/** The problem of a response, whose status fits its code. */
async function problemOf(response: Response): Promise<Problem["error"]> {
  const { error } = Problem.parse(await response.json());
  expect(response.status).toBe(ERRORS[error.code as ClientCode].status);
  expect(response.headers.get("content-type")).toBe("application/json; charset=utf-8");
  return error;
}

describe("a body", () => {
  const many = Array.from({ length: 501 }, () => "p1");
  it.each([
    ["/api/ask", {}, "question", "question is missing: it takes a string"],
    ["/api/ask", { question: 5 }, "question", "question is 5: it takes a string"],
    ["/api/ask", { question: null }, "question", "question is null: it takes a string"],
    ["/api/ask", { question: ["a"] }, "question", "question is a list: it takes a string"],
    ["/api/ask", { question: "" }, "question", "question must not be empty"],
    ["/api/ask", { question: " \n" }, "question", "question must not be empty"],
    [
      "/api/ask",
      { question: "x".repeat(4001) },
      "question",
      "question has 4,001 characters: at most 4,000 are allowed",
    ],
    ["/api/ask", { question: "a", limit: 0 }, "limit", "limit is 0: at least 1 is allowed"],
    ["/api/ask", { question: "a", limit: 101 }, "limit", "limit is 101: at most 100 is allowed"],
    ["/api/ask", { question: "a", limit: 1.5 }, "limit", "limit is 1.5: it takes a whole number"],
    ["/api/ask", { question: "a", limit: "5" }, "limit", 'limit is "5": it takes a number'],
    [
      "/api/ask",
      { question: "a", conversationId: "" },
      "conversationId",
      "conversationId has 0 characters: at least 1 are allowed",
    ],
    [
      "/api/ask",
      { question: "a", scope: { paperIds: many } },
      "scope.paperIds",
      "scope.paperIds has 501 items: at most 500 are allowed",
    ],
    [
      "/api/ask",
      { question: "a", scope: { paperIds: ["p", 7] } },
      "scope.paperIds.1",
      "scope.paperIds.1 is 7: it takes a string",
    ],
    ["/api/ask", { question: "a", scope: { papers: [] } }, "scope", 'scope has an unknown field "papers"'],
    ["/api/search", { query: "a", scope: "all" }, "scope", 'scope is "all": it takes an object'],
    ["/api/search", { query: {} }, "query", "query is an object: it takes a string"],
    ["/api/search", [], undefined, "the body is a list: it takes an object"],
    ["/api/messages/m/feedback", { rating: "meh" }, "rating", 'rating is "meh": it takes up or down'],
    [
      "/api/messages/m/feedback",
      { rating: "up", stars: 5 },
      undefined,
      'the body has an unknown field "stars"',
    ],
  ])("of %s %j is refused", async (address, body, field, message) => {
    const problem = await problemOf(await server.send("POST", address, body));
    expect(problem).toEqual({ code: "bad_request", message, retryable: false, ...(field ? { field } : {}) });
    expect(server.assistant.asked).toEqual([]);
  });

  it("takes a question of 4,000 characters of any kind, but no title of 201", async () => {
    const question = "𝔄".repeat(2000);
    expect((await server.send("POST", "/api/ask", { question })).status).toBe(200);
    const title = "x".repeat(201);
    const problem = await problemOf(await server.send("PATCH", "/api/conversations/c", { title }));
    expect(problem.message).toBe("title has 201 characters: at most 200 are allowed");
  });

  it("ignores fields that a newer client may send", async () => {
    expect((await server.send("POST", "/api/ask", { question: "a", mood: "curious" })).status).toBe(200);
  });

  const raw = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string>) =>
    fetch(`${server.url}/api/ask`, { method: "POST", body, headers });
  const asJson = { "Content-Type": "application/json" };

  it.each(["{", "", "nonsense", '"text"', "[".repeat(30_000), '{"question": "a",}', "\ufeff{}", "5"])(
    "that is %j is refused",
    async (body) => {
      expect((await problemOf(await raw(body, asJson))).code).toBe("bad_request");
    },
  );

  it("of another type is refused, and of none", async () => {
    const form = await problemOf(
      await raw("question=a", { "Content-Type": "application/x-www-form-urlencoded" }),
    );
    expect(form).toMatchObject({
      field: "Content-Type",
      message: 'Content-Type is "application/x-www-form-urlencoded": it takes application/json',
    });
    const none = await problemOf(await fetch(`${server.url}/api/ask`, { method: "POST" }));
    expect(none.message).toBe("The body is missing: it takes JSON with Content-Type: application/json");
  });

  it("in another encoding is refused", async () => {
    const latin = { "Content-Type": "application/json; charset=latin1" };
    expect((await problemOf(await raw("{}", latin))).message).toBe("The body must be JSON in UTF-8");
    const zipped = { ...asJson, "Content-Encoding": "gzip" };
    expect((await problemOf(await raw("{}", zipped))).message).toBe("The body must not be compressed");
  });

  it("larger than 64 KiB is too large, announced or not", async () => {
    const body = JSON.stringify({ question: "a", padding: "x".repeat(65_536) });
    expect((await problemOf(await raw(body, asJson))).code).toBe("too_large");
    const chunks = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(body));
        controller.close();
      },
    });
    const init: RequestInit & { duplex: "half" } = {
      method: "POST",
      body: chunks,
      headers: asJson,
      duplex: "half",
    };
    const response = await fetch(`${server.url}/api/ask`, init);
    expect((await problemOf(response)).code).toBe("too_large");
  });

  it("of 64 KiB is read", async () => {
    const start = '{"question":"a","padding":"';
    const body = `${start}${"x".repeat(65_536 - start.length - 2)}"}`;
    expect((await raw(body, asJson)).status).toBe(200);
  });
});

describe("a query", () => {
  it.each([
    ["/api/papers?limit=0", "limit", 'limit is "0": at least 1 is allowed'],
    ["/api/papers?limit=101", "limit", 'limit is "101": at most 100 is allowed'],
    ["/api/papers?limit=many", "limit", 'limit is "many": it takes a number'],
    ["/api/papers?limit=1&limit=2", "limit", "limit is a list: it takes a number"],
    ["/api/papers?query=a&query=b", "query", "query is a list: it takes a string"],
    ["/api/conversations?limit=-1", "limit", 'limit is "-1": at least 1 is allowed'],
    ["/api/conversations?limit=1.5", "limit", 'limit is "1.5": it takes a whole number'],
    ["/api/conversations?cursor=x", "cursor", "cursor takes the nextCursor of the page before"],
    [
      "/api/papers/p1/citation?format=doc",
      "format",
      'format is "doc": it takes bibtex, ris, csl-json or text',
    ],
    ["/api/papers/p1/body?start=-1", "start", 'start is "-1": at least 0 is allowed'],
    ["/api/papers/p1/body?start=1.5", "start", 'start is "1.5": it takes a whole number'],
    ["/api/papers/p1/body?end=0", "end", 'end is "0": at least 1 is allowed'],
    ["/api/conversations/c/export?format=", "format", 'format is "": it takes markdown, json, bibtex or ris'],
  ])("%s is refused", async (address, field, message) => {
    expect(await problemOf(await server.get(address))).toEqual({
      code: "bad_request",
      message,
      retryable: false,
      field,
    });
  });
});

describe("an address", () => {
  it.each([
    ["GET", "/api/nothing", "There is no GET /api/nothing"],
    ["POST", "/api", "There is no POST /api"],
    ["GET", "/api/", "There is no GET /api/"],
    ["GET", "/api/papers/p1/more", "There is no GET /api/papers/p1/more"],
    ["GET", "/api/messages/none", 'There is no "none"'],
    ["GET", "/api/messages/none/events", 'There is no "none"'],
    ["GET", "/api/papers/none", 'There is no paper "none"'],
    ["GET", "/api/papers/none/citation", 'There is no paper "none"'],
    ["GET", "/api/conversations/none", 'There is no "none"'],
    ["GET", "/api/conversations/none/export", 'There is no "none"'],
    ["DELETE", "/api/conversations/none", 'There is no "none"'],
    ["POST", "/api/conversations/none/restore", 'There is no "none"'],
    ["PATCH", "/nowhere", "There is no PATCH /nowhere"],
    ["GET", "/ws", "There is no GET /ws"],
  ])("%s %s is not found", async (method, address, message) => {
    expect(await problemOf(await server.send(method, address))).toMatchObject({ code: "not_found", message });
  });

  it("under another method says which it takes", async () => {
    const response = await server.get("/api/ask");
    expect(response.headers.get("allow")).toBe("POST");
    expect((await problemOf(response)).message).toBe("There is no GET /api/ask: it takes POST");
    const conversation = await server.send("PUT", "/api/conversations/c", {});
    expect(conversation.headers.get("allow")).toBe("GET, PATCH, DELETE");
    expect((await server.send("OPTIONS", "/api/ask")).status).toBe(404);
  });

  const rawGet = async (path: string) => {
    const { status, headers, body } = await rawCall(server, {}, "GET", path);
    return new Response(body, { status, headers: { "Content-Type": headers["content-type"] ?? "" } });
  };

  it.each(["/api/papers/%", "/api/messages/%E0%A4%A", "/%zz", "/assets/%c0%ae", "/health/%"])(
    "%s is not percent-encoded correctly",
    async (path) => {
      expect(await problemOf(await rawGet(path))).toMatchObject({
        code: "bad_request",
        message: "The address is not percent-encoded correctly",
      });
    },
  );

  it.each([
    "/../../etc/passwd",
    "/assets/..%2f..%2fpackage.json",
    "/%00",
    "//evil.example/",
    "/.env",
    "/api/papers/..%2f",
  ])("%s leads nowhere", async (path) => {
    expect((await problemOf(await rawGet(path))).code).toBe("not_found");
  });
});

describe("bytes that are no request", () => {
  const talk = async (bytes: string) => {
    const socket = connect(server.port, "127.0.0.1");
    socket.write(bytes);
    const [head = "", body = ""] = (await text(socket)).split("\r\n\r\n");
    return { status: Number(head.split(" ")[1]), error: Problem.parse(JSON.parse(body)).error };
  };

  it("a request that announces no body is told to send one", async () => {
    const head =
      "POST /api/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\n";
    expect((await talk(`${head}\r\n`)).error.message).toMatch(/^The body is missing/);
  });

  it.each([
    ["garbage\r\n\r\n", 400, "bad_request"],
    ["GET /health HTTP/1.1\r\nConnection: close\r\n\r\n", 403, "forbidden_origin"],
    [
      "GET /health HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\nConnection: close\r\n\r\n",
      400,
      "bad_request",
    ],
    [
      "GET /health HTTP/1.1\r\nHost: localhost\r\nhost: evil.example\r\nConnection: close\r\n\r\n",
      400,
      "bad_request",
    ],
    [
      "GET /ws HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
      400,
      "bad_request",
    ],
    [`GET /health HTTP/1.1\r\nHost: localhost\r\nX: ${"x".repeat(20_000)}\r\n\r\n`, 413, "too_large"],
    [
      "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
      400,
      "bad_request",
    ],
  ])("are answered: %j", async (bytes, status, code) => {
    expect(await talk(bytes)).toMatchObject({ status, error: { code } });
  });
});
