import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import express, { type RequestHandler, type Response, Router } from "express";
import { AppError } from "../../errors.ts";

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
export function webPages(folder: string, base: string): Router {
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
