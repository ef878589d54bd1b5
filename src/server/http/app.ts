import express, { type Express, type RequestHandler } from "express";
import type { Logger } from "pino";
import { AppError } from "../../errors.ts";
import { failures } from "../failures.ts";
import type { Access } from "../guard/access.ts";
import { contentSecurity } from "../guard/content-security.ts";
import { crossOrigin } from "../guard/cross-origin.ts";
import type { LetIn } from "../guard/who-calls.ts";
import { ROUTES } from "../routes/index.ts";
import { mountRoutes } from "./mount-routes.ts";
import { requestLog } from "./request-log.ts";
import type { Services } from "./route.ts";
import { webPages } from "./web-pages.ts";

interface Options {
  readonly services: Services;
  readonly access: Access;
  readonly letIn: LetIn;
  readonly logger: Logger;
  readonly webFolder: string;
}

/** Addresses that are never a page. */
const NOT_PAGES = ["/api", "/health", "/ready", "/metrics", "/ws"];

/** HTTP: the log, the door, the calls of the API, the web page, and what is none of these. */
export function createApp({ services, access, letIn, logger, webFolder }: Options): Express {
  const app = express();
  app.disable("x-powered-by");
  // Answers are not kept by browsers, so a hash of each would be work for nothing; files have their own.
  app.disable("etag");
  app.use(requestLog(logger, services.metrics), contentSecurity(), crossOrigin(access), wellFormedPath);
  app.use(NOT_PAGES, keepNothing);
  for (const { path, handle } of services.integrations) {
    app.post(path, keepNothing, (request, response) => handle(request, response));
  }
  app.use(mountRoutes(ROUTES, services, letIn));
  app.use("/api", letIn("owners"));
  app.use(NOT_PAGES, unknownCall);
  app.use(webPages(webFolder, services.base), unknownCall);
  app.use(failures(logger));
  return app;
}

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
