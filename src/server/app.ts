import express, { type Express, type Request, type RequestHandler } from "express";
import helmet from "helmet";
import type { Logger } from "pino";
import type { Caller } from "../edge/caller.ts";
import { AppError } from "../errors.ts";
import { randomId } from "../util/strings.ts";
import { crossOrigin, type Guard } from "./guard/guard.ts";
import type { Authorize, Principal } from "./guard/identity.ts";
import { mountRoutes } from "./http/route.ts";
import type { ServerMetrics } from "./metrics/server-metrics.ts";
import { failures, sendProblem } from "./problem.ts";
import { ROUTES } from "./routes/index.ts";
import type { Integration, Services } from "./services.ts";
import { webPages } from "./web-pages.ts";

interface Options {
  readonly services: Services;
  readonly guard: Guard;
  readonly authorize: Authorize;
  readonly logger: Logger;
  readonly webFolder: string;
  /** PUBLIC_URL */
  readonly publicUrl: string | undefined;
}

/** Addresses that are never a page. */
const NOT_PAGES = ["/api", "/v1", "/mcp", "/health", "/ready", "/metrics", "/ws"];

/** HTTP: the log, the door, the calls of the API, the web page, and what is none of these. */
export function createApp({ services, guard, authorize, logger, webFolder, publicUrl }: Options): Express {
  const app = express();
  app.disable("x-powered-by");
  // Answers are not kept by browsers, so a hash of each would be work for nothing; files have their own.
  app.disable("etag");
  app.use(
    requestLog(logger, services.metrics),
    contentSecurity(),
    crossOrigin(guard),
    wellFormedPath,
    inTime,
  );
  app.use(NOT_PAGES, keepNothing);
  for (const integration of services.integrations) mount(app, integration, services, authorize);
  app.use(mountRoutes(ROUTES, services, authorize));
  app.use(["/api", "/v1"], authorize("owners"));
  app.use(NOT_PAGES, unknownCall);
  app.use(webPages(webFolder, { base: services.base, publicUrl }), unknownCall);
  app.use(failures(logger));
  return app;
}

function mount(app: Express, integration: Integration, services: Services, authorize: Authorize): void {
  const { path, methods = ["post"], access = "anyone", jsonBytes } = integration;
  const before = [keepNothing, authorize(access)];
  const reading = jsonBytes === undefined ? [] : [express.json({ limit: jsonBytes, inflate: false })];
  for (const method of methods) {
    app[method](path, ...before, ...reading, (request, response) =>
      integration.handle(request, response, callerOf(response.locals.principal, services)),
    );
  }
}

/** What who calls may do, within the limits of all. */
function callerOf(principal: Principal, { runs, countSearch }: Services): Caller {
  return {
    owner: principal.owner,
    admin: principal.admin,
    async *ask(request, signal) {
      const run = runs.start(principal, request);
      signal.addEventListener("abort", () => run.cancel(), { once: true });
      yield* run.follow(0);
    },
    countSearch: () => countSearch(principal),
  };
}

/** Milliseconds for a request to arrive as a whole, but for the bytes of a file. */
const ARRIVES_WITHIN = 30_000;

const inTime: RequestHandler = (request, response, next) => {
  const late = setTimeout(() => {
    const { route }: { route?: { path?: unknown } } = request;
    if (request.complete || BYTES.has(route?.path)) return;
    if (!response.headersSent)
      sendProblem(response, new AppError("bad_request", "The request took too long to arrive"));
    request.destroy();
  }, ARRIVES_WITHIN);
  response.once("close", () => clearTimeout(late));
  next();
};

/** Routes that take bytes: what they wait for is bounded by `limits.stuck` (route.ts). */
const BYTES = new Set<unknown>(ROUTES.filter(({ takesBytes }) => takesBytes).map((route) => route.path));

const keepNothing: RequestHandler = (_request, response, next) => {
  response.set("Cache-Control", "no-store");
  next();
};

const wellFormedPath: RequestHandler = (request, _response, next) => {
  try {
    decodeURIComponent(request.path);
  } catch {
    const isOpened = request.method === "GET" && /\btext\/html\b/.test(request.get("Accept") ?? "");
    if (!isOpened) throw new AppError("bad_request", "The address is not percent-encoded correctly");
    // Who opened it in a browser gets the page, which says in words that there is nothing.
    request.url = "/";
  }
  next();
};

const unknownCall: RequestHandler = ({ method, originalUrl }) => {
  throw new AppError("not_found", `There is no ${method} ${originalUrl.split("?")[0]?.slice(0, 100)}`);
};

/** Told apart in the figures. */
const METHODS = new Set(["GET", "HEAD", "POST", "PATCH", "DELETE"]);
/** Characters of a path in the log. */
const LONGEST_PATH = 200;

/**
 * Gives each request an id (`X-Request-Id`, and `requestId` in the log), counts it, and writes one line when it is
 * over: never its query, body or headers, which hold questions and keys.
 */
function requestLog(logger: Logger, metrics: ServerMetrics): RequestHandler {
  return (request, response, next) => {
    const started = performance.now();
    const requestId = randomId();
    response.locals.requestId = requestId;
    response.set("X-Request-Id", requestId);
    const { method, path } = request;
    response.once("close", () => {
      const ms = Math.round(performance.now() - started);
      const outcome = response.writableFinished ? {} : { cut: true };
      const line = {
        requestId,
        method,
        path: path.slice(0, LONGEST_PATH),
        status: response.statusCode,
        ms,
        ...outcome,
      };
      logger.info(line, "request");
      const status = response.headersSent ? String(response.statusCode) : "none";
      metrics.httpRequests.increment({ ...routeOf(request), status });
    });
    next();
  };
}

/** The route as it was defined, not as it was called: a few dozen in all. Anything outside the API counts as one. */
function routeOf(request: Request): { method: string; route: string } {
  const route: { path?: unknown } | undefined = request.route;
  if (typeof route?.path !== "string") return { method: "other", route: "other" };
  return { method: METHODS.has(request.method) ? request.method : "other", route: route.path };
}

const SELF = ["'self'"];
const NONE = ["'none'"];

/**
 * Headers that keep a page of ours from running, loading or sending anything that is not ours. No inline styles:
 * React sets style attributes through the DOM, which the policy leaves alone. `'self'` covers the WebSocket too.
 */
function contentSecurity(): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        "default-src": NONE,
        "script-src": SELF,
        "style-src": SELF,
        "img-src": [...SELF, "data:"],
        "font-src": SELF,
        "connect-src": SELF,
        "manifest-src": SELF,
        "base-uri": NONE,
        "form-action": NONE,
        "frame-ancestors": NONE,
      },
    },
    // Whether a name is served by https alone is decided where TLS ends, in front of us.
    strictTransportSecurity: false,
    xFrameOptions: { action: "deny" },
  });
}
