/** A server that users reach under a path of their proxy, which takes the path away or leaves it. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { FootnoteClient } from "../../src/client.ts";
import { rawCall } from "../support/raw-call.ts";
import { ReverseProxy } from "../support/reverse-proxy.ts";
import { SocketClient } from "../support/socket-client.ts";
import { TestServer } from "../support/test-server.ts";

const HTML = { Accept: "text/html" };
const ORIGIN = "https://example.org";
let webFolder: string;
beforeAll(() => {
  webFolder = mkdtempSync(path.join(tmpdir(), "footnote-page-"));
  writeFileSync(
    path.join(webFolder, "index.html"),
    '<link rel="icon" href="./icon.svg" /><script src="./theme.js"></script><p title="a ./b"><meta content="./icon.svg">',
  );
  writeFileSync(path.join(webFolder, "icon.svg"), "<svg/>");
});
afterAll(() => rmSync(webFolder, { recursive: true }));

const start = (publicUrl: string | undefined) => TestServer.start({ webFolder, config: { publicUrl } });
const page = async (server: TestServer, address: string) => (await server.get(address, HTML)).text();

describe("under a path", () => {
  it("is found with it and without it", async () => {
    const server = await start(`${ORIGIN}/footnote`);
    for (const base of ["", "/footnote"]) {
      expect((await server.get(`${base}/health`)).status).toBe(200);
      expect((await server.get(`${base}/icon.svg`)).status).toBe(200);
      expect((await server.get(`${base}/api/papers?limit=1`)).status).toBe(200);
      const socket = await SocketClient.open(`${server.url.replace("http", "ws")}${base}/ws`);
      socket.send({ type: "hello", protocol: 1 });
      expect(await socket.next()).toMatchObject({ type: "welcome" });
      socket.drop();
    }
    expect(server.log.filter(({ path: one }) => one === "/health")).toHaveLength(2);
  });

  it("takes nothing else for its path", async () => {
    const server = await start(`${ORIGIN}/footnote`);
    for (const address of ["/footnotes/health", "/footnote/footnote/health", "/other/health"])
      expect((await server.get(address, { Accept: "application/json" })).status).toBe(404);
    const { body } = await rawCall(server, {}, "GET", "/footnote?x=1");
    expect(body).toContain("/footnote/icon.svg");
  });

  it.each(["/", "/footnote", "/footnote/", "/footnote/c/abc", "/papers/10.1000%2Fwalks"])(
    "opens the page at %s, with addresses that do not hang on it",
    async (address) => {
      const server = await start(`${ORIGIN}/footnote`);
      expect(await page(server, address)).toBe(
        '<link rel="icon" href="/footnote/icon.svg" /><script src="/footnote/theme.js"></script><p title="a ./b"><meta content="https://example.org/footnote/icon.svg">',
      );
    },
  );

  it("says in a tag whether the page is still the same", async () => {
    const server = await start(`${ORIGIN}/footnote`);
    const tag = (await server.get("/", HTML)).headers.get("etag") ?? "";
    const elsewhere = (await (await start(undefined)).get("/", HTML)).headers.get("etag") ?? "";
    expect(tag).not.toBe(elsewhere);
    const again = (given: string) => rawCall(server, { ...HTML, "If-None-Match": given }, "GET", "/c/abc");
    expect(await again(tag)).toMatchObject({ status: 304, body: "" });
    expect((await again(elsewhere)).status).toBe(200);
  });

  it("may hold what a page must not take for its own", async () => {
    const server = await start(new URL(`${ORIGIN}/a&amp$1'"><b>/x`).href);
    expect(await page(server, "/")).toContain('href="/a&amp;amp$1\'%22%3E%3Cb%3E/x/icon.svg"');
  });

  it("is told in the OpenAPI document", async () => {
    const servers = async (publicUrl: string | undefined) =>
      ((await (await (await start(publicUrl)).get("/api/openapi.json")).json()) as { servers: unknown })
        .servers;
    expect(await servers(`${ORIGIN}/notes/footnote`)).toEqual([{ url: "/notes/footnote" }]);
    expect(await servers(ORIGIN)).toEqual([{ url: "/" }]);
  });

  it("is guarded as at the root", async () => {
    const server = await start(`${ORIGIN}/footnote`);
    const status = async (headers: Record<string, string>) =>
      (await rawCall(server, { Host: "example.org", ...headers }, "GET", "/footnote/api/papers")).status;
    expect(await status({})).toBe(200);
    expect(await status({ Origin: ORIGIN })).toBe(200);
    expect(await status({ Origin: "https://evil.example" })).toBe(403);
    expect(await status({ Host: "evil.example" })).toBe(403);
    const address = `${server.url.replace("http", "ws")}/footnote/ws`;
    await expect(SocketClient.open(address, { Origin: "https://evil.example" })).rejects.toThrow(/403/);
  });
});

describe.each([true, false])("the client, through a proxy that takes the path away: %s", (strips) => {
  it("takes an address with a path", async () => {
    const proxy = await ReverseProxy.start({ prefix: "/notes/footnote", strips });
    proxy.target = (await start(proxy.publicUrl)).url;
    const client = new FootnoteClient({ url: `${proxy.publicUrl}/`, WebSocket });
    expect(await client.readiness()).toMatchObject({ status: "ready" });
    const types = [];
    for await (const { type } of client.ask({ question: "What ranks pages?" })) types.push(type);
    client.close();
    expect(types.at(-1)).toBe("done");
    expect(proxy.upgraded).toEqual(["/notes/footnote/ws"]);
    expect(proxy.strayed).toEqual([]);
  });
});
