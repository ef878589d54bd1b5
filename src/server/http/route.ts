import { z } from "zod";
import type { ClientCode } from "../../errors.ts";
import { MAX_LIMIT, MAX_QUESTION_LENGTH } from "../../protocol.ts";
import type { Principal, RouteAccess } from "../guard/identity.ts";
import { parse } from "../problem.ts";
import type { Services } from "../services.ts";
import type { RouteResult } from "./route-result.ts";

/** A request as it came, apart from its transport. */
export interface RawInput {
  /** Nobody where the route is open to anyone. */
  readonly principal: Principal;
  readonly params: Readonly<Record<string, unknown>>;
  readonly query: unknown;
  readonly body: unknown;
  /** The client would rather have `text/event-stream` than JSON. */
  readonly wantsEvents: boolean;
  readonly lastEventId: string | undefined;
  /** Aborts when the client has gone before the answer was out. */
  readonly gone: AbortSignal;
}

/** A request that fits the route's schemas. */
interface RouteInput<Path extends string, Query, Body>
  extends Pick<RawInput, "principal" | "wantsEvents" | "lastEventId" | "gone"> {
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
  readonly answers: readonly RouteAnswer[];
  /** Beside those that any call may answer. */
  readonly errors: readonly ClientCode[];
  handle(input: RawInput, services: Services): Promise<RouteResult>;
}

interface RouteSpec<Path extends string, Query, Body>
  extends Pick<Route, "method" | "summary" | "access" | "answers" | "errors"> {
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
      const { principal, wantsEvents, lastEventId, gone, params } = raw;
      const query = checked(spec.query, raw.query, "the query");
      const body = checked(spec.body, raw.body, "the body");
      const param = (name: ParamName<Path>): string => String(params[name]);
      return spec.handle({ principal, wantsEvents, lastEventId, gone, query, body, param }, services);
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
