/** Who may come in: hosts against DNS rebinding, origins against foreign pages, over HTTP and WebSocket. */
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import type { Config } from "../../src/config.ts";
import { Problem } from "../../src/protocol.ts";
import { rawCall } from "../support/raw-call.ts";
import { TestServer } from "../support/test-server.ts";

/** "open", or the answer to the refused upgrade. */
async function upgrade(server: TestServer, headers: Record<string, string>, path = "/ws") {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, { headers });
  socket.on("error", () => {});
  const refused = once(socket, "unexpected-response").then(async ([, response]) => ({
    status: Number(response.statusCode),
    ...Problem.parse(JSON.parse(await text(response))).error,
  }));
  const outcome = await Promise.race([once(socket, "open").then(() => "open" as const), refused]);
  socket.terminate();
  return outcome;
}

const withConfig = (config: Partial<Config["server"]>) => TestServer.start({ config });
const REFUSED = { status: 403, code: "forbidden_origin" };

describe("Host", () => {
  it.each(["localhost", "LOCALHOST:80", "localhost.", "127.0.0.1:1", "[::1]:3000", "[0:0:0:0:0:0:0:1]"])(
    "%s is us",
    async (host) => {
      const server = await TestServer.start();
      expect(await rawCall(server, { host })).toMatchObject({ status: 200 });
      expect(await upgrade(server, { host })).toBe("open");
    },
  );

  it.each([
    "evil.example",
    "127.0.0.1.evil.example",
    "localhost.evil.example",
    "evil.example#localhost",
    "localhost@evil.example",
    "evil.example/localhost",
    "192.168.1.5",
    "[::2]",
    "a b",
  ])("%j is not", async (host) => {
    const server = await TestServer.start();
    const answer = await rawCall(server, { host });
    expect({ status: answer.status, code: Problem.parse(JSON.parse(answer.body)).error.code }).toEqual(
      REFUSED,
    );
    expect(await upgrade(server, { host })).toMatchObject(REFUSED);
  });

  it("takes HOST, ALLOWED_HOSTS and PUBLIC_URL, with any port", async () => {
    const publicUrl = "https://footnote.example/app";
    const server = await withConfig({ allowedHosts: ["Box", "other.example:8080"], publicUrl });
    for (const host of ["box:3000", "other.example", "footnote.example:443"]) {
      expect(await rawCall(server, { host }), host).toMatchObject({ status: 200 });
    }
    expect(await rawCall(server, { host: "sub.box" })).toMatchObject({ status: 403 });
  });

  it("takes any address of digits, but no name, when HOST is every address", async () => {
    const server = await withConfig({ host: "0.0.0.0", openToAll: true });
    expect(server.url).toBe(`http://localhost:${server.port}`);
    for (const host of ["192.168.1.5:3000", "[fe80::1]"]) {
      expect(await rawCall(server, { host }), host).toMatchObject({ status: 200 });
    }
    expect(await rawCall(server, { host: "evil.example" })).toMatchObject({ status: 403 });
  });
});

describe("Origin", () => {
  const foreign = "https://evil.example";

  it("of our own page comes in, whatever ends TLS before us", async () => {
    const server = await TestServer.start();
    const host = `localhost:${server.port}`;
    for (const origin of [`http://${host}`, `https://${host}`]) {
      const answer = await rawCall(server, { host, origin });
      expect(answer.status).toBe(200);
      expect(answer.headers["access-control-allow-origin"]).toBeUndefined();
      expect(await upgrade(server, { host, origin })).toBe("open");
    }
    expect(await rawCall(server, { host: "localhost:443", origin: "https://localhost" })).toMatchObject({
      status: 200,
    });
  });

  it.each([
    foreign,
    "null",
    "http://localhost",
    "http://127.0.0.1:1",
    "file://",
    "nonsense",
    "ftp://localhost",
  ])("%s stays out, of HTTP and WebSocket", async (origin) => {
    const server = await TestServer.start();
    const host = `localhost:${server.port}`;
    for (const method of ["GET", "POST", "OPTIONS"]) {
      const answer = await rawCall(server, { host, origin }, method, "/api/ask");
      expect({ status: answer.status, code: Problem.parse(JSON.parse(answer.body)).error.code }).toEqual(
        REFUSED,
      );
      expect(answer.headers["access-control-allow-origin"]).toBeUndefined();
    }
    expect(await upgrade(server, { host, origin })).toMatchObject(REFUSED);
    expect(server.assistant.asked).toEqual([]);
  });

  it("of ALLOWED_ORIGINS comes in, with CORS headers", async () => {
    const allowedOrigins = ["https://Friend.example/", "chrome-extension://abc", "null"];
    const server = await withConfig({ allowedOrigins });
    for (const origin of ["https://friend.example", "chrome-extension://abc"]) {
      const answer = await rawCall(server, { origin }, "GET", "/api/suggestions");
      expect(answer).toMatchObject({ status: 200, headers: { "access-control-allow-origin": origin } });
      expect(answer.headers.vary).toMatch(/Origin/);
      expect(await upgrade(server, { origin })).toBe("open");
    }
    expect(await rawCall(server, { origin: "null" })).toMatchObject({ status: 403 });
    expect(await rawCall(server, { origin: foreign })).toMatchObject({ status: 403 });
  });

  it("of PUBLIC_URL is our own, under any Host that is ours", async () => {
    const server = await withConfig({ publicUrl: "https://footnote.example" });
    expect(await rawCall(server, { origin: "https://footnote.example" })).toMatchObject({ status: 200 });
  });

  it("is told in a preflight what it may do", async () => {
    const server = await withConfig({ allowedOrigins: ["https://friend.example"] });
    const headers = { origin: "https://friend.example", "access-control-request-method": "PATCH" };
    const answer = await rawCall(server, headers, "OPTIONS", "/api/conversations/c");
    expect(answer).toMatchObject({
      status: 204,
      headers: {
        "access-control-allow-origin": "https://friend.example",
        "access-control-allow-methods": "GET, POST, PATCH, DELETE",
        "access-control-allow-headers": "Authorization, Content-Type, Last-Event-ID",
      },
    });
  });

  it("that is allowed reads problems too", async () => {
    const server = await withConfig({ allowedOrigins: ["https://friend.example"] });
    const answer = await rawCall(server, { origin: "https://friend.example" }, "GET", "/api/papers/none");
    expect(answer).toMatchObject({
      status: 404,
      headers: { "access-control-allow-origin": "https://friend.example" },
    });
  });
});

it("a WebSocket anywhere else is not found", async () => {
  const server = await TestServer.start();
  expect(await upgrade(server, {}, "/api/ws")).toMatchObject({ status: 404, code: "not_found" });
  expect(await upgrade(server, {}, "/ws?token=x")).toBe("open");
});
