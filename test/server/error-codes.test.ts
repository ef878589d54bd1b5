/** Each code of the contract over HTTP: its status as documented, and nothing about the inside of the server. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { AppError, type ClientCode, ERRORS } from "../../src/errors.ts";
import { Problem } from "../../src/protocol.ts";
import { eventually } from "../support/eventually.ts";
import { TestServer } from "../support/test-server.ts";

const CODES = Object.keys(ERRORS) as ClientCode[];
const SECRET = "/home/someone/secret.db";

it("are documented with their status and whether trying again can help", () => {
  const readme = readFileSync("src/server/README.md", "utf8");
  const rows = [...readme.matchAll(/^\| `(\w+)` \| (\d{3}) \| (yes|no) \|/gm)];
  const documented = Object.fromEntries(
    rows.map(([, code, status, again]) => [code, [Number(status), again === "yes"]]),
  );
  const actual = Object.fromEntries(
    CODES.map((code) => [code, [ERRORS[code].status, ERRORS[code].retryable]]),
  );
  expect(documented).toEqual(actual);
  expect(rows).toHaveLength(CODES.length);
});

describe.each(CODES)("%s", (code) => {
  it("has its status and a message", async () => {
    const server = await TestServer.start();
    server.assistant.refusal = new AppError(code, `told the operator about ${SECRET}`, { retryAfter: 1.2 });
    for (const [address, body, accept] of [
      ["/api/ask", { question: "a" }, "application/json"],
      ["/api/ask", { question: "a" }, "text/event-stream"],
      ["/api/search", { query: "a" }, "application/json"],
    ] as const) {
      const response = await server.send("POST", address, body, { Accept: accept });
      expect(response.status).toBe(ERRORS[code].status);
      expect(response.headers.get("retry-after")).toBe("2");
      const { error } = Problem.parse(await response.json());
      expect(error).toMatchObject({ code, retryable: ERRORS[code].retryable });
      if ("safe" in ERRORS[code]) expect(error.message).not.toContain(SECRET);
    }
  });
});

it("shows a fault of the configuration as internal, and tells the log which it is", async () => {
  const server = await TestServer.start();
  server.assistant.refusal = new AppError("config", `MODELS_DIR=${SECRET} is wrong`, { field: "MODELS_DIR" });
  const response = await server.send("POST", "/api/search", { query: "a" });
  expect(response.status).toBe(500);
  const { error } = Problem.parse(await response.json());
  expect(error).toEqual({ code: "internal", message: ERRORS.internal.safe, retryable: true });
  expect(server.log.find(({ msg }) => msg === "request failed")).toMatchObject({ level: 50 });
});

it.each([new Error(SECRET), SECRET, undefined, null, Object.assign(new Error(SECRET), { status: 500 })])(
  "gives a thrown %s as internal, told to the log alone",
  async (thrown) => {
    const server = await TestServer.start();
    server.assistant.search = () => Promise.reject(thrown);
    const response = await server.send("POST", "/api/search", { query: "a" });
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(text).not.toContain("secret");
    expect(text).not.toContain(".ts");
    expect(server.log.find(({ msg }) => msg === "request failed")).toMatchObject({
      level: 50,
      requestId: response.headers.get("x-request-id"),
    });
  },
);

it("gives a search that hangs up", async () => {
  const server = await TestServer.start({ limits: { search: 30 } });
  server.assistant.searchMs = 500;
  const response = await server.send("POST", "/api/search", { query: "a" });
  expect(Problem.parse(await response.json()).error.code).toBe("internal");
  expect(server.assistant.searched[0]?.signal?.aborted).toBe(true);
});

it("tells a search when its asker has gone", async () => {
  const server = await TestServer.start();
  server.assistant.searchMs = 500;
  const controller = new AbortController();
  const init = { method: "POST", headers: { "Content-Type": "application/json" }, signal: controller.signal };
  const asked = fetch(`${server.url}/api/search`, { ...init, body: '{"query":"a"}' });
  await eventually(() => server.assistant.searched.length).toBe(1);
  controller.abort();
  await expect(asked).rejects.toThrow();
  await eventually(() => server.assistant.searched[0]?.signal?.aborted).toBe(true);
  expect(server.log.filter(({ level }) => level === 50)).toEqual([]);
});
