import type { Request, RequestHandler } from "express";
import type { Logger } from "pino";
import { randomId } from "../../util/random-id.ts";
import type { ServerMetrics } from "../metrics/server-metrics.ts";

/** Told apart in the figures. */
const METHODS = new Set(["GET", "HEAD", "POST", "PATCH", "DELETE"]);
/** Characters of a path in the log. */
const LONGEST_PATH = 200;

/**
 * Gives each request an id (`X-Request-Id`, and `requestId` in the log), counts it, and writes one line when it is
 * over: never its query, body or headers, which hold questions and keys.
 */
export function requestLog(logger: Logger, metrics: ServerMetrics): RequestHandler {
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
