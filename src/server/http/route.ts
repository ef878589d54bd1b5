import { PassThrough, type Readable } from "node:stream";
import express, { type Request, type RequestHandler, type Response, Router } from "express";
import { z } from "zod";
import { AppError, type ClientCode } from "../../errors.ts";
import { MAX_FRAME_BYTES, MAX_LIMIT, MAX_QUESTION_LENGTH } from "../../protocol.ts";
import type { Authorize, Principal, RouteAccess } from "../guard/identity.ts";
import { parse } from "../problem.ts";
import type { Services } from "../services.ts";
import { type RouteResult, sendResult } from "./route-result.ts";

/** A request as it came, apart from its transport. */
interface RawInput {
  /** Nobody where the route is open to anyone. */
  readonly principal: Principal;
  readonly params: Readonly<Record<string, unknown>>;
  readonly query: unknown;
  readonly body: unknown;
  /** The body as it comes, where the route takes bytes. */
  readonly bytes: Readable;
  /** The client would rather have `text/event-stream` than JSON. */
  readonly wantsEvents: boolean;
  readonly lastEventId: string | undefined;
  /** Aborts when the client has gone before the answer was out. */
  readonly gone: AbortSignal;
}

/** A request that fits the route's schemas. */
interface RouteInput<Path extends string, Query, Body>
  extends Pick<RawInput, "principal" | "bytes" | "wantsEvents" | "lastEventId" | "gone"> {
  readonly query: Query;
  readonly body: Body;
  param(name: ParamName<Path>): string;
}

type ParamName<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParamName<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

/** One answer of a route for the OpenAPI document: a JSON schema, or documents of some media types, or nothing. */
export interface RouteAnswer {
  readonly status: number;
  readonly description: string;
  readonly schema?: z.ZodType;
  readonly mediaTypes?: readonly string[];
}

/** A call of the API: what the server mounts and what the OpenAPI document tells, in one place. */
export interface Route {
  readonly method: "get" | "post" | "patch" | "delete";
  /** As express takes it: `/api/papers/:id`. */
  readonly path: string;
  readonly summary: string;
  /** Absent: owners. */
  readonly access?: RouteAccess;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** Its body is a file: any bytes, streamed. */
  readonly takesBytes?: boolean;
  /** Bytes of its body, where that is not the usual bound. */
  readonly bodyBytes?: number;
  readonly answers: readonly RouteAnswer[];
  /** Beside those that any call may answer. */
  readonly errors: readonly ClientCode[];
  handle(input: RawInput, services: Services): Promise<RouteResult>;
}

interface RouteSpec<Path extends string, Query, Body>
  extends Pick<Route, "method" | "summary" | "access" | "takesBytes" | "bodyBytes" | "answers" | "errors"> {
  readonly path: Path;
  readonly query?: z.ZodType<Query>;
  readonly body?: z.ZodType<Body>;
  handle(input: RouteInput<Path, Query, Body>, services: Services): RouteResult | Promise<RouteResult>;
}

/** A route whose handler sees checked input alone. */
export function defineRoute<const Path extends string, Query = undefined, Body = undefined>(
  spec: RouteSpec<Path, Query, Body>,
): Route {
  return {
    ...spec,
    handle: async (raw, services) => {
      const { principal, bytes, wantsEvents, lastEventId, gone, params } = raw;
      const query = checked(spec.query, raw.query, "the query");
      const body = checked(spec.body, raw.body, "the body");
      const param = (name: ParamName<Path>): string => String(params[name]);
      return spec.handle({ principal, bytes, wantsEvents, lastEventId, gone, query, body, param }, services);
    },
  };
}

/** Without a schema the value is not looked at; the type parameter is `undefined` then. */
function checked<Value>(schema: z.ZodType<Value> | undefined, input: unknown, whole: string): Value {
  return schema === undefined ? (undefined as Value) : parse(schema, input, whole);
}

/** Items of a page when the client does not say. */
const DEFAULT_PAGE = 20;

/** `?limit=&cursor=` of every list. Values of a query are text, so numbers are read from it. */
export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(MAX_LIMIT).default(DEFAULT_PAGE),
  cursor: z.string().max(500).optional(),
});

/** A list that can be searched. */
export const SearchPageQuery = PageQuery.extend({ query: z.string().max(MAX_QUESTION_LENGTH).optional() });

/** As large as a WebSocket frame, so that what one door takes the other takes too; sent as it is, not compressed. */
const readJson = (limit: number = MAX_FRAME_BYTES) => express.json({ limit, inflate: false });

/** The routes as express serves them. A path that is known under other methods alone is not_found, and says so. */
export function mountRoutes(routes: readonly Route[], services: Services, authorize: Authorize): Router {
  const router = Router();
  for (const route of routes) {
    const before = route.body === undefined ? [] : [requireJson, readJson(route.bodyBytes)];
    router[route.method](route.path, authorize(accessTo(route)), ...before, handler(route, services));
  }
  for (const path of new Set(routes.map((route) => route.path))) {
    const known = routes.filter((route) => route.path === path);
    const methods = known.map((route) => route.method.toUpperCase());
    router.all(path, ...known.slice(0, 1).map((route) => authorize(accessTo(route))), otherMethod(methods));
  }
  return router;
}

function accessTo({ access = "owners" }: Route): RouteAccess {
  return access;
}

function handler(route: Route, services: Services): RequestHandler {
  return async (request, response) => {
    const gone = goneSignal(response);
    try {
      if (route.takesBytes) request.setTimeout(services.limits.stuck, () => request.destroy());
      // Whether the server lives is told at once.
      if (route.access !== "anyone") await services.pacer.piece();
      const result = await route.handle(rawInput(route, request, response, gone), services);
      await sendResult(response, result, services, gone);
    } catch (error) {
      if (route.takesBytes) readAway(request);
      // Nobody is there to be told, and stopping early is what was asked for.
      if (!gone.aborted) throw error;
    }
  };
}

function rawInput(route: Route, request: Request, response: Response, gone: AbortSignal): RawInput {
  const principal: Principal = response.locals.principal;
  return {
    principal,
    params: request.params,
    query: request.query,
    body: request.body,
    // Who stops reading ends this stream, not the request, which is to be answered.
    bytes: route.takesBytes ? request.pipe(new PassThrough()) : request,
    wantsEvents: request.accepts(["application/json", "text/event-stream"]) === "text/event-stream",
    lastEventId: request.get("Last-Event-ID"),
    gone,
  };
}

/** Milliseconds for the rest of a file that is not wanted. */
const READ_AWAY_WITHIN = 30_000;

/** What is still to come of a file that is refused: the next call on the same connection would wait behind it for ever. */
function readAway(request: Request): void {
  if (request.complete) return;
  const late = setTimeout(() => request.destroy(), READ_AWAY_WITHIN);
  request
    .once("close", () => clearTimeout(late))
    .unpipe()
    .resume();
}

function goneSignal(response: Response): AbortSignal {
  const controller = new AbortController();
  response.once("close", () => {
    if (!response.writableFinished) controller.abort();
  });
  return controller.signal;
}

const requireJson: RequestHandler = (request, _response, next) => {
  const isJson = request.is("application/json");
  const given = request.get("Content-Type");
  // `null` is a request that announces no body at all.
  if (isJson === null || given === undefined) {
    throw new AppError(
      "bad_request",
      "The body is missing: it takes JSON with Content-Type: application/json",
    );
  }
  if (isJson === false) {
    const shown = JSON.stringify(given.slice(0, 100));
    throw new AppError("bad_request", `Content-Type is ${shown}: it takes application/json`, {
      field: "Content-Type",
    });
  }
  next();
};

function otherMethod(methods: readonly string[]): RequestHandler {
  return (request, response) => {
    response.set("Allow", methods.join(", "));
    throw new AppError(
      "not_found",
      `There is no ${request.method} ${request.path.slice(0, 100)}: it takes ${methods.join(" and ")}`,
    );
  };
}
