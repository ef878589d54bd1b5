/** The built page, what browsers may keep of it, and the headers that guard it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { rawCall } from "../support/raw-call.ts";
import { TestServer } from "../support/test-server.ts";

const PAGE = "<!doctype html><title>Footnote</title>";
const HTML = { Accept: "text/html,application/xhtml+xml,*/*;q=0.8" };
let folder: string;
let server: TestServer;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "footnote-page-"));
  mkdirSync(path.join(folder, "assets"));
  writeFileSync(path.join(folder, "index.html"), PAGE);
  writeFileSync(path.join(folder, "icon.svg"), "<svg/>");
  writeFileSync(path.join(folder, ".secret"), "secret");
  writeFileSync(path.join(folder, "assets", "index-Bx3k9_aZ.js"), "run()");
  writeFileSync(path.join(folder, "assets", "plain.js"), "run()");
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(async () => {
  server = await TestServer.start({ webFolder: folder });
});

describe("the page", () => {
  it.each(["/", "/index.html", "/c/abc", "/papers/10.1000%2Fwalks.v2", "/a/b/c?q=1"])(
    "opens at %s",
    async (address) => {
      const response = await server.get(address, HTML);
      expect([response.status, await response.text()]).toEqual([200, PAGE]);
      expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
      expect(response.headers.get("cache-control")).toBe("no-cache");
    },
  );

  it("opens for a program that takes anything, where no file is meant", async () => {
    expect((await server.get("/", { Accept: "*/*" })).status).toBe(200);
    expect((await server.get("/missing.js", { Accept: "*/*" })).status).toBe(404);
  });

  it.each(["/api", "/api/c/abc", "/ws", "/assets/missing-Bx3k9_aZ.js", "/.secret/x.js"])(
    "does not stand in for %s",
    async (address) => {
      const accept = address.startsWith("/.") ? { Accept: "*/*" } : HTML;
      const response = await server.get(address, accept);
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ error: { code: "not_found" } });
    },
  );

  it("is for reading alone", async () => {
    expect((await server.send("POST", "/", {}, HTML)).status).toBe(404);
    expect((await server.get("/data", { Accept: "application/json" })).status).toBe(404);
  });

  it("that is not built says so, without a path", async () => {
    const bare = await TestServer.start();
    const response = await bare.get("/", HTML);
    const body = await response.text();
    expect(response.status).toBe(404);
    expect(body).toContain("The web page is not built: npm run build makes it");
    expect(body).not.toContain(tmpdir());
  });
});

describe("files", () => {
  it("named after their content are kept for good, others asked for again", async () => {
    const hashed = await server.get("/assets/index-Bx3k9_aZ.js");
    expect(hashed.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(hashed.headers.get("content-type")).toMatch(/^text\/javascript/);
    for (const address of ["/assets/plain.js", "/icon.svg"]) {
      const response = await server.get(address);
      expect(response.headers.get("cache-control")).toBe("no-cache");
      const etag = response.headers.get("etag") ?? "";
      const again = await rawCall(server, { "If-None-Match": etag }, "GET", address);
      expect(again.status).toBe(304);
    }
  });

  it("whose names start with a dot are not served", async () => {
    expect(await (await server.get("/.secret", HTML)).text()).toBe(PAGE);
    expect((await server.get("/.secret", { Accept: "image/png" })).status).toBe(404);
  });
});

it("says how a browser searches with it, at the address that it was set or found at", async () => {
  const told = async (one: TestServer) => (await one.get("/opensearch.xml")).text();
  const response = await server.get("/opensearch.xml");
  expect(response.headers.get("content-type")).toContain("application/opensearchdescription+xml");
  expect(await response.text()).toContain(`template="${server.url}/?q={searchTerms}"`);
  const publicUrl = "https://example.org/a&b/";
  const set = await TestServer.start({ webFolder: folder, config: { publicUrl } });
  expect(await told(set)).toContain('template="https://example.org/a&amp;b/?q={searchTerms}"');
  expect(await told(set)).toContain(
    '<Image width="192" height="192" type="image/png">https://example.org/a&amp;b/icon-192.png</Image>',
  );
});

it("guards everything with its headers", async () => {
  for (const address of ["/", "/health", "/api/nothing", "/assets/plain.js"]) {
    const { headers } = await server.get(address);
    expect(headers.get("content-security-policy")).toBe(
      "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;font-src 'self';" +
        "connect-src 'self';manifest-src 'self';base-uri 'none';form-action 'none';frame-ancestors 'none'",
    );
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
    expect(headers.get("x-powered-by")).toBeNull();
    expect(headers.get("x-request-id")).toMatch(/^[\w-]{22}$/);
  }
});
