import path from "node:path";
import express, { type RequestHandler, type Response, Router } from "express";
import { AppError } from "../errors.ts";

/** Vite names a bundled file after its content: `index-Bx3k9_aZ.js`. */
const HASHED = /-[\w-]{8,}\.\w+$/;
const FOREVER = "public, max-age=31536000, immutable";
/** Kept, but asked for again each time: the answer is mostly 304. */
const ASK_AGAIN = "no-cache";

/** The web page in `folder`: its files, and `index.html` for every address that a person may open. */
export function webPages(folder: string): Router {
  const router = Router();
  router.use(express.static(folder, { index: false, redirect: false, setHeaders: cacheFor(folder) }));
  router.use(page(folder));
  return router;
}

function cacheFor(folder: string): (response: Response, file: string) => void {
  const assets = path.join(folder, "assets") + path.sep;
  return (response, file) => {
    const forever = file.startsWith(assets) && HASHED.test(file);
    response.set("Cache-Control", forever ? FOREVER : ASK_AGAIN);
  };
}

function page(folder: string): RequestHandler {
  return (request, response, next) => {
    const { method, path: address } = request;
    const isAsset = address.startsWith("/assets/");
    // A program that takes anything gets no page in place of a missing file; a browser that opens an address does.
    const asksForPage =
      /\btext\/html\b/.test(request.get("Accept") ?? "") ||
      (request.accepts("html") && !/\.\w+$/.test(address));
    if (!["GET", "HEAD"].includes(method) || isAsset || !asksForPage) return next();
    response.sendFile(
      "index.html",
      { root: folder, headers: { "Cache-Control": ASK_AGAIN } },
      (error?: Error) => {
        if (error === undefined || response.headersSent) return;
        next(
          new AppError("not_found", "The web page is not built: npm run build makes it", { cause: error }),
        );
      },
    );
  };
}
