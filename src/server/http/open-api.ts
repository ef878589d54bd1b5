import { z } from "zod";
import { type ClientCode, ERRORS } from "../../errors.ts";
import * as protocol from "../../protocol.ts";
import { defineRoute, type Route, type RouteAnswer } from "./route.ts";
import { json } from "./route-result.ts";

/** The route that describes `routes` and itself. */
export function openApiRoute(routes: readonly Route[]): Route {
  const route: Route = defineRoute({
    method: "get",
    path: "/api/openapi.json",
    summary: "This document",
    answers: [{ status: 200, description: "OpenAPI 3.1", schema: z.record(z.string(), z.unknown()) }],
    errors: [],
    handle: (_, { version, base }) => json(openApiDocument([...routes, route], version, base)),
  });
  return route;
}

/** What any call may answer, so that routes need not say it. */
const EVERYWHERE: readonly ClientCode[] = ["bad_request", "forbidden_origin", "internal"];
const WITH_BODY: readonly ClientCode[] = ["too_large"];
const WITH_KEY: readonly ClientCode[] = ["unauthorized"];
/** The second, nothing at all, is for servers without keys. */
const KEY_OR_NOT = [{ key: [] }, {}];

/** The OpenAPI 3.1 document of `routes`: their paths below `base`, and the schemas of the protocol by name. */
function openApiDocument(routes: readonly Route[], version: string, base: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [route.method]: operation(route) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Footnote",
      version,
      description: "Answers over research papers, every claim with its note.",
    },
    servers: [{ url: base === "" ? "/" : base }],
    paths,
    components: {
      schemas: openApiSchemas(),
      securitySchemes: { key: { type: "http", scheme: "bearer", description: "One of API_KEYS" } },
    },
  };
}

function operation(route: Route): Record<string, unknown> {
  return {
    summary: route.summary,
    security: route.access === "anyone" ? [] : KEY_OR_NOT,
    parameters: [...pathParameters(route.path), ...queryParameters(route.query)],
    ...requestBody(route),
    responses: { ...Object.fromEntries(route.answers.map(response)), ...problems(route) },
  };
}

function requestBody({ body, takesBytes }: Route): Record<string, unknown> {
  if (takesBytes) return { requestBody: { required: true, content: { "application/octet-stream": {} } } };
  if (body === undefined) return {};
  return { requestBody: { required: true, content: contentOf(["application/json"], body, "input") } };
}

function pathParameters(path: string): unknown[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
}

function queryParameters(query: z.ZodType | undefined): unknown[] {
  if (query === undefined) return [];
  const { properties = {} } = z.toJSONSchema(query);
  return Object.entries(properties).map(([name, schema]) => ({ name, in: "query", required: false, schema }));
}

function response({ status, description, schema, mediaTypes }: RouteAnswer): [string, unknown] {
  const types = mediaTypes ?? (schema === undefined ? [] : ["application/json"]);
  if (types.length === 0) return [String(status), { description }];
  return [String(status), { description, content: contentOf(types, schema, "output") }];
}

/** JSON has the schema, everything else is text. */
function contentOf(
  types: readonly string[],
  schema: z.ZodType | undefined,
  io: "input" | "output",
): Record<string, unknown> {
  const text = { schema: { type: "string" } };
  return Object.fromEntries(
    types.map((type) => [
      type,
      schema !== undefined && type === "application/json" ? { schema: schemaReference(schema, io) } : text,
    ]),
  );
}

/** Two codes with one status share a response. An answer of the same status, such as 503 of /ready, stands before it. */
function problems(route: Route): Record<string, unknown> {
  const codes = [
    ...EVERYWHERE,
    ...(route.access === "anyone" ? [] : WITH_KEY),
    ...(route.body === undefined ? [] : WITH_BODY),
    ...route.errors,
  ];
  const taken = new Set(route.answers.map(({ status }) => status));
  const byStatus = new Map<number, ClientCode[]>();
  for (const code of codes) {
    const { status } = ERRORS[code];
    if (!taken.has(status)) byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const content = { "application/json": { schema: { $ref: "#/components/schemas/Problem" } } };
  return Object.fromEntries(
    [...byStatus].map(([status, names]) => [String(status), { description: names.join(", "), content }]),
  );
}

/** The schemas that clients meet, under the names that the contract gives them. */
const NAMED = {
  Addition: protocol.Addition,
  AdditionReport: protocol.AdditionReport,
  Answer: protocol.Answer,
  AnswerFrame: protocol.AnswerFrame,
  AskBody: protocol.AskBody,
  Citation: protocol.Citation,
  Conversation: protocol.Conversation,
  ConversationResponse: protocol.ConversationResponse,
  ConversationsResponse: protocol.ConversationsResponse,
  Feedback: protocol.Feedback,
  Health: protocol.Health,
  MapGroup: protocol.MapGroup,
  MapPaper: protocol.MapPaper,
  MapResponse: protocol.MapResponse,
  Message: protocol.Message,
  Paper: protocol.Paper,
  PaperResponse: protocol.PaperResponse,
  PapersResponse: protocol.PapersResponse,
  Passage: protocol.Passage,
  Problem: protocol.Problem,
  Readiness: protocol.Readiness,
  RenameBody: protocol.RenameBody,
  Scope: protocol.Scope,
  SearchBody: protocol.SearchBody,
  SearchResponse: protocol.SearchResponse,
  SearchResult: protocol.SearchResult,
  Source: protocol.Source,
  SuggestionsResponse: protocol.SuggestionsResponse,
};

const registry = z.registry<{ id: string }>();
for (const [id, schema] of Object.entries(NAMED)) registry.add(schema, { id });

const uri = (id: string): string => `#/components/schemas/${id}`;

/** `components.schemas`: as clients send them, which for what the server sends is the same. */
function openApiSchemas(): Record<string, unknown> {
  const { schemas } = z.toJSONSchema(registry, { uri, io: "input" });
  return Object.fromEntries(Object.entries(schemas).map(([id, { $id, $schema, ...schema }]) => [id, schema]));
}

/** A reference to a named schema; the schema itself when it has no name. */
function schemaReference(schema: z.ZodType, io: "input" | "output"): unknown {
  const named = registry.get(schema);
  return named === undefined ? z.toJSONSchema(schema, { io }) : { $ref: uri(named.id) };
}
