import { request } from "node:http";
import { expect, it } from "vitest";
import { AppError } from "../../src/errors.ts";
import { MapResponse } from "../../src/protocol.ts";
import { TestServer } from "../support/test-server.ts";

/** Status, headers and bytes of GET /api/map, with nothing undone by the client. */
function get(server: TestServer, headers: Record<string, string>) {
  return new Promise<{ status: number | undefined; headers: Record<string, unknown>; bytes: number }>(
    (resolve, reject) => {
      const call = request(`${server.url}/api/map`, { headers }, (response) => {
        let bytes = 0;
        response.on("data", (data: Buffer) => {
          bytes += data.length;
        });
        response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, bytes }));
      });
      call.on("error", reject).end();
    },
  );
}

it("is sent compressed to who takes it, once", async () => {
  const server = await TestServer.start();
  const [paper = ["", 0, 0, 0, "", null]] = server.assistant.drawn.papers;
  server.assistant.drawn = { ...server.assistant.drawn, papers: Array.from({ length: 500 }, () => paper) };
  expect(MapResponse.parse(await (await server.get("/api/map")).json())).toEqual(server.assistant.drawn);
  const plain = await get(server, {});
  const zipped = await get(server, { "Accept-Encoding": "gzip, br" });
  expect(plain).toMatchObject({ status: 200, headers: { "cache-control": "private, no-cache" } });
  expect(zipped).toMatchObject({ status: 200, headers: { "content-encoding": "gzip" } });
  expect(zipped.bytes).toBeLessThan(plain.bytes / 5);
  for (const [sent, encoding] of [
    [plain, "identity"],
    [zipped, "gzip"],
  ] as const) {
    const again = { "If-None-Match": String(sent.headers.etag), "Accept-Encoding": encoding };
    expect(await get(server, again)).toMatchObject({ status: 304, bytes: 0 });
    server.assistant.drawn = { ...server.assistant.drawn };
    expect(await get(server, again)).toMatchObject({ status: 304 });
  }
  server.assistant.drawn = { papers: [], groups: [] };
  expect(await get(server, { "If-None-Match": String(plain.headers.etag) })).toMatchObject({ status: 200 });
});

it("is asked for again later while it is being drawn", async () => {
  const server = await TestServer.start();
  server.assistant.refusal = new AppError("indexing", "The map is being drawn", { retryAfter: 1 });
  const response = await server.get("/api/map");
  expect([response.status, response.headers.get("retry-after")]).toEqual([503, "1"]);
  expect(await response.json()).toMatchObject({ error: { code: "indexing", retryable: true } });
});
