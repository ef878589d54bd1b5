import { expect, it } from "vitest";
import { ROUTES } from "../../src/server/routes/index.ts";
import { TestServer } from "../support/test-server.ts";

interface Document {
  openapi: string;
  info: { version: string };
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, { required?: string[] }> };
}
interface Operation {
  parameters: { name: string; in: string; schema: object }[];
  requestBody?: { content: Record<string, { schema: object }> };
  responses: Record<string, { content?: Record<string, { schema: object }> }>;
}

async function load(): Promise<Document> {
  const server = await TestServer.start();
  return (await (await server.get("/api/openapi.json")).json()) as Document;
}

it("describes every call of the contract", async () => {
  const { openapi, info, paths } = await load();
  expect([openapi, info.version]).toEqual(["3.1.0", "1.2.3"]);
  const calls = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((m) => `${m} ${path}`),
  );
  expect(calls.sort()).toEqual(
    [
      "get /health",
      "get /ready",
      "post /api/search",
      "post /api/find",
      "post /api/citations",
      "post /api/ask",
      "get /api/messages/{id}",
      "get /api/messages/{id}/events",
      "post /api/messages/{id}/feedback",
      "get /api/papers",
      "get /api/papers/{id}",
      "get /api/papers/{id}/body",
      "get /api/papers/{id}/citation",
      "get /api/conversations",
      "get /api/conversations/{id}",
      "patch /api/conversations/{id}",
      "delete /api/conversations/{id}",
      "post /api/conversations/{id}/restore",
      "get /api/conversations/{id}/export",
      "delete /api/papers/{id}",
      "patch /api/papers/{id}",
      "get /api/ingest",
      "post /api/ingest",
      "get /api/ingest/{id}",
      "post /api/ingest/{id}/files",
      "post /api/ingest/{id}/preview",
      "post /api/ingest/{id}/start",
      "post /api/ingest/{id}/cancel",
      "post /api/ingest/{id}/undo",
      "get /api/suggestions",
      "get /api/map",
      "get /api/openapi.json",
      "get /metrics",
      "post /v1/chat/completions",
      "post /v1/embeddings",
      "get /v1/models",
      "get /v1/models/{model}",
    ].sort(),
  );
  expect(calls).toHaveLength(ROUTES.length);
});

it("refers to schemas that are there, in JSON Schema that has no other", async () => {
  const document = await load();
  const names = Object.keys(document.components.schemas);
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, to]) => to);
  expect(references.length).toBeGreaterThan(30);
  for (const to of references) expect(names).toContain(to?.replace("#/components/schemas/", ""));
});

it("tells parameters, bodies and answers", async () => {
  const { paths, components } = await load();
  expect(paths["/api/papers"]?.get?.parameters).toMatchObject([
    { name: "limit", in: "query", schema: { type: "integer", minimum: 1, maximum: 100, default: 20 } },
    { name: "cursor", in: "query" },
    { name: "query", in: "query" },
    { name: "tag", in: "query" },
    { name: "author", in: "query" },
    { name: "yearFrom", in: "query", schema: { type: "integer" } },
    { name: "yearTo", in: "query", schema: { type: "integer" } },
    { name: "venue", in: "query" },
    { name: "corpus", in: "query" },
    { name: "sort", in: "query", schema: { enum: ["relevance", "year", "title"] } },
    { name: "facets", in: "query", schema: { enum: ["true", "false"] } },
  ]);
  expect(paths["/api/papers/{id}/citation"]?.get?.parameters).toMatchObject([
    { name: "id", in: "path", required: true },
    { name: "format", schema: { enum: ["bibtex", "ris", "csl-json", "text"], default: "bibtex" } },
  ]);
  const ask = paths["/api/ask"]?.post;
  expect(ask?.requestBody?.content["application/json"]?.schema).toEqual({
    $ref: "#/components/schemas/AskBody",
  });
  expect(ask?.responses["200"]?.content).toEqual({
    "application/json": { schema: { $ref: "#/components/schemas/Answer" } },
    "text/event-stream": { schema: { type: "string" } },
  });
  expect(Object.keys(ask?.responses ?? {})).toEqual([
    "200",
    "400",
    "401",
    "403",
    "404",
    "409",
    "413",
    "429",
    "500",
    "502",
    "503",
  ]);
  expect(components.schemas.SearchBody?.required).toEqual(["query"]);
});
