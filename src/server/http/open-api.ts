import { z } from "zod";
import { type ClientCode, ERRORS } from "../../errors.ts";
import { openApiSchemas, schemaReference } from "./open-api-schemas.ts";
import type { Route, RouteAnswer } from "./route.ts";

/** What any call may answer, so that routes need not say it. */
const EVERYWHERE: readonly ClientCode[] = ["bad_request", "forbidden_origin", "internal"];
const WITH_BODY: readonly ClientCode[] = ["too_large"];
const WITH_KEY: readonly ClientCode[] = ["unauthorized"];
/** The second, nothing at all, is for servers without keys. */
const KEY_OR_NOT = [{ key: [] }, {}];

/** The OpenAPI 3.1 document of `routes`: their paths below `base`, and the schemas of the protocol by name. */
export function openApiDocument(
  routes: readonly Route[],
  version: string,
  base: string,
): Record<string, unknown> {
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
    ...(route.body === undefined
      ? {}
      : { requestBody: { required: true, content: contentOf(["application/json"], route.body, "input") } }),
    responses: { ...Object.fromEntries(route.answers.map(response)), ...problems(route) },
  };
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
