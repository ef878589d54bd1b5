import { z } from "zod";
import { openApiDocument } from "../http/open-api.ts";
import { json } from "../http/reply.ts";
import { defineRoute, type Route } from "../http/route.ts";

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
