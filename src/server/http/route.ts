import type { z } from "zod";
import type { Assistant } from "../../assistant/port.ts";
import type { ClientCode } from "../../errors.ts";
import type { Pacer } from "../../util/pacer.ts";
import type { AnswerRuns } from "../answers/answer-runs.ts";
import type { Asker } from "../guard/asker.ts";
import type { Integration } from "../integration.ts";
import type { ServerMetrics } from "../metrics/server-metrics.ts";
import { parse } from "../parse.ts";
import type { ServerLimits } from "../server-limits.ts";
import type { CountSearch } from "./count-searches.ts";
import type { Reply } from "./reply.ts";

/** What routes work with. */
export interface Services {
  readonly assistant: Assistant;
  readonly countSearch: CountSearch;
  readonly runs: AnswerRuns;
  readonly limits: ServerLimits;
  readonly metrics: ServerMetrics;
  readonly pacer: Pacer;
  readonly version: string;
  /** The path under which users reach us: "" or "/footnote". */
  readonly base: string;
  readonly integrations: readonly Integration[];
}

/** A request as it came, apart from its transport. */
export interface RawInput {
  /** Nobody where the route is open to anyone. */
  readonly asker: Asker;
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
  extends Pick<RawInput, "asker" | "wantsEvents" | "lastEventId" | "gone"> {
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

/** Who may call a route: anyone at all, anyone who has a key where keys are set, or of those the admins. */
export type RouteAccess = "anyone" | "owners" | "admins";

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
  handle(input: RawInput, services: Services): Promise<Reply>;
}

interface RouteSpec<Path extends string, Query, Body>
  extends Pick<Route, "method" | "summary" | "access" | "answers" | "errors"> {
  readonly path: Path;
  readonly query?: z.ZodType<Query>;
  readonly body?: z.ZodType<Body>;
  handle(input: RouteInput<Path, Query, Body>, services: Services): Reply | Promise<Reply>;
}

/** A route whose handler sees checked input alone. */
export function defineRoute<const Path extends string, Query = undefined, Body = undefined>(
  spec: RouteSpec<Path, Query, Body>,
): Route {
  return {
    ...spec,
    handle: async (raw, services) => {
      const { asker, wantsEvents, lastEventId, gone, params } = raw;
      const query = checked(spec.query, raw.query, "the query");
      const body = checked(spec.body, raw.body, "the body");
      const param = (name: ParamName<Path>): string => String(params[name]);
      return spec.handle({ asker, wantsEvents, lastEventId, gone, query, body, param }, services);
    },
  };
}

/** Without a schema the value is not looked at; the type parameter is `undefined` then. */
function checked<Value>(schema: z.ZodType<Value> | undefined, input: unknown, whole: string): Value {
  return schema === undefined ? (undefined as Value) : parse(schema, input, whole);
}
