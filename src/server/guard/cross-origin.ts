import type { RequestHandler } from "express";
import type { Access } from "./access.ts";

/** Seconds that a browser may remember what a preflight answered. */
const PREFLIGHT_AGE = "600";

/** Lets requests in through `access`, and answers browsers that ask for a page of an allowed origin (CORS). */
export function crossOrigin(access: Access): RequestHandler {
  return (request, response, next) => {
    const origin = access(request);
    response.vary("Origin");
    if (origin === undefined) return next();
    response.set({
      "Access-Control-Allow-Origin": origin,
      "Access-Control-Expose-Headers": "Content-Disposition, Retry-After, X-Request-Id",
    });
    if (request.method !== "OPTIONS" || request.headers["access-control-request-method"] === undefined) {
      return next();
    }
    response.set({
      "Access-Control-Allow-Methods": "GET, POST, PATCH, DELETE",
      "Access-Control-Allow-Headers": "Authorization, Content-Type, Last-Event-ID",
      "Access-Control-Max-Age": PREFLIGHT_AGE,
    });
    response.status(204).end();
  };
}
