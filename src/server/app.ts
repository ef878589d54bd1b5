import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import express, { type Express, type Request, type RequestHandler, type Response, Router } from "express";
import helmet from "helmet";
import type { Logger } from "pino";
import { AppError } from "../errors.ts";
import { randomId } from "../util/strings.ts";
import { crossOrigin, type Guard } from "./guard/guard.ts";
import type { Authorize } from "./guard/identity.ts";
import { mountRoutes } from "./http/route.ts";
import type { ServerMetrics } from "./metrics/server-metrics.ts";
import { failures, sendProblem } from "./problem.ts";
import { ROUTES } from "./routes/index.ts";
import type { Services } from "./services.ts";

interface Options {
  readonly services: Services;
  readonly guard: Guard;
  readonly authorize: Authorize;
  readonly logger: Logger;
  readonly webFolder: string;
}

/** Addresses that are never a page. */
const NOT_PAGES = ["/api", "/v1", "/health", "/ready", "/metrics", "/ws"];

/** HTTP: the log, the door, the calls of the API, the web page, and what is none of these. */
export function createApp({ services, guard, authorize, logger, webFolder }: Options): Express {
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
  for (const { path, handle } of services.integrations) {
    app.post(path, keepNothing, (request, response) => handle(request, response));
  }
  app.use(mountRoutes(ROUTES, services, authorize));
  app.use(["/api", "/v1"], authorize("owners"));
  app.use(NOT_PAGES, unknownCall);
  app.use(webPages(webFolder, services.base), unknownCall);
  app.use(failures(logger));
  return app;
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

/** Vite names a bundled file after its content: `index-Bx3k9_aZ.js`. */
const HASHED = /-[\w-]{8,64}\.\w+$/;
const FOREVER = "public, max-age=31536000, immutable";
/** Kept, but asked for again each time: the answer is mostly 304. */
const ASK_AGAIN = "no-cache";
/** An address in index.html: Vite writes all of them as lying beside it. */
const BESIDE = /(?<=\s(?:href|src)=")\.\//g;

/**
 * The web page in `folder`: its files, and `index.html` for every address that a person may open.
 * @param base the path under which browsers find it: "" or "/footnote"
 */
function webPages(folder: string, base: string): Router {
  const router = Router();
  router.use(express.static(folder, { index: false, redirect: false, setHeaders: cacheFor(folder) }));
  router.use(page(folder, base));
  return router;
}

function cacheFor(folder: string): (response: Response, file: string) => void {
  const assets = path.join(folder, "assets") + path.sep;
  return (response, file) => {
    const forever = file.startsWith(assets) && HASHED.test(file);
    response.set("Cache-Control", forever ? FOREVER : ASK_AGAIN);
  };
}

function page(folder: string, base: string): RequestHandler {
  return async (request, response, next) => {
    const { method, path: address } = request;
    const isAsset = address.startsWith("/assets/");
    // A program that takes anything gets no page in place of a missing file; a browser that opens an address does.
    const asksForPage =
      /\btext\/html\b/.test(request.get("Accept") ?? "") ||
      (request.accepts("html") && !/\.\w+$/.test(address));
    if (!["GET", "HEAD"].includes(method) || isAsset || !asksForPage) return next();
    const html = await indexOf(folder, base);
    const digest = createHash("sha256").update(html).digest("base64url");
    response
      .set({ "Cache-Control": ASK_AGAIN, ETag: `"${digest}"` })
      .type("html")
      .send(html);
  };
}

/** Deep links open it too: its addresses begin at the root of the server, not beside the address that was opened. */
async function indexOf(folder: string, base: string): Promise<string> {
  try {
    const html = await readFile(path.join(folder, "index.html"), "utf8");
    return html.replace(BESIDE, () => `${base.replaceAll("&", "&amp;")}/`);
  } catch (cause) {
    throw new AppError("not_found", "The web page is not built: npm run build makes it", { cause });
  }
}
