import type { RequestHandler } from "express";
import type { Logger } from "pino";
import { randomId } from "../util/random-id.ts";

/** Characters of a path in the log. */
const LONGEST_PATH = 200;

/**
 * Gives each request an id (`X-Request-Id`, and `requestId` in the log) and writes one line when it is over: never
 * its query, body or headers, which hold questions and keys.
 */
export function requestLog(logger: Logger): RequestHandler {
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
    });
    next();
  };
}
