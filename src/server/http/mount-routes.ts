import express, { type Request, type RequestHandler, type Response, Router } from "express";
import { AppError } from "../../errors.ts";
import { MAX_FRAME_BYTES } from "../../protocol.ts";
import type { Authorize, Principal, RouteAccess } from "../guard/identity.ts";
import type { Services } from "../services.ts";
import type { RawInput, Route } from "./route.ts";
import { sendResult } from "./route-result.ts";

/** As large as a WebSocket frame, so that what one door takes the other takes too; sent as it is, not compressed. */
const readJson = express.json({ limit: MAX_FRAME_BYTES, inflate: false });

/** The routes as express serves them. A path that is known under other methods alone is not_found, and says so. */
export function mountRoutes(routes: readonly Route[], services: Services, authorize: Authorize): Router {
  const router = Router();
  for (const route of routes) {
    const before = route.body === undefined ? [] : [requireJson, readJson];
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
      // Whether the server lives is told at once.
      if (route.access !== "anyone") await services.pacer.piece();
      const result = await route.handle(rawInput(request, response, gone), services);
      await sendResult(response, result, services, gone);
    } catch (error) {
      // Nobody is there to be told, and stopping early is what was asked for.
      if (!gone.aborted) throw error;
    }
  };
}

function rawInput(request: Request, response: Response, gone: AbortSignal): RawInput {
  const principal: Principal = response.locals.principal;
  return {
    principal,
    params: request.params,
    query: request.query,
    body: request.body,
    wantsEvents: request.accepts(["application/json", "text/event-stream"]) === "text/event-stream",
    lastEventId: request.get("Last-Event-ID"),
    gone,
  };
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
