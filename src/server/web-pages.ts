/** The built web page: its files, index.html for every address that a person may open, and how browsers search with it. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import express, { type Request, type RequestHandler, type Response, Router } from "express";
import { AppError } from "../errors.ts";
import { MAX_QUESTION_LENGTH } from "../protocol/limits.ts";

interface Place {
  /** The path under which browsers find the page: "" or "/footnote". */
  readonly base: string;
  /** Its whole address, where that was set. */
  readonly publicUrl: string | undefined;
}

/** Vite names a bundled file after its content: `index-Bx3k9_aZ.js`. */
const HASHED = /-[\w-]{8,64}\.\w+$/;
const FOREVER = "public, max-age=31536000, immutable";
/** Kept, but asked for again each time: the answer is mostly 304. */
const ASK_AGAIN = "no-cache";
/** An address in index.html: Vite writes all of them as lying beside it. */
const BESIDE = /(?<=\s(?:href|src)=")\.\//g;
/** One for those who show a link elsewhere, who want it whole. */
const SHOWN_ELSEWHERE = /(?<=\scontent=")\.\//g;

export function webPages(folder: string, place: Place): Router {
  const router = Router();
  router.get("/opensearch.xml", openSearch(place));
  router.use(express.static(folder, { index: false, redirect: false, setHeaders: cacheFor(folder) }));
  router.use(page(folder, place));
  return router;
}

function cacheFor(folder: string): (response: Response, file: string) => void {
  const assets = path.join(folder, "assets") + path.sep;
  return (response, file) => {
    const forever = file.startsWith(assets) && HASHED.test(file);
    response.set("Cache-Control", forever ? FOREVER : ASK_AGAIN);
  };
}

function page(folder: string, place: Place): RequestHandler {
  return async (request, response, next) => {
    const { method, path: address } = request;
    const isAsset = address.startsWith("/assets/");
    // A program that takes anything gets no page in place of a missing file; a browser that opens an address does.
    const asksForPage =
      /\btext\/html\b/.test(request.get("Accept") ?? "") ||
      (request.accepts("html") && !/\.\w+$/.test(address));
    if (!["GET", "HEAD"].includes(method) || isAsset || !asksForPage) return next();
    const html = await indexOf(folder, place, request);
    const digest = createHash("sha256").update(html).digest("base64url");
    response
      .set({ "Cache-Control": ASK_AGAIN, ETag: `"${digest}"` })
      .type("html")
      .send(html);
  };
}

/** Deep links open it too: its addresses begin at the root of the server, not beside the address that was opened. */
async function indexOf(folder: string, place: Place, request: Request): Promise<string> {
  try {
    const html = await readFile(path.join(folder, "index.html"), "utf8");
    return html
      .replace(BESIDE, () => `${escapeXml(place.base)}/`)
      .replace(SHOWN_ELSEWHERE, () => `${escapeXml(addressOf(place, request))}/`);
  } catch (cause) {
    throw new AppError("not_found", "The web page is not built: npm run build makes it", { cause });
  }
}

/** Browsers ask it from their address bar. */
function openSearch(place: Place): RequestHandler {
  return (request, response) => {
    const address = escapeXml(addressOf(place, request));
    response
      .set("Cache-Control", ASK_AGAIN)
      .type("application/opensearchdescription+xml")
      .send(`<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
  <ShortName>Footnote</ShortName>
  <Description>Ask the papers; at most ${MAX_QUESTION_LENGTH} characters</Description>
  <InputEncoding>UTF-8</InputEncoding>
  <Image width="192" height="192" type="image/png">${address}/icon-192.png</Image>
  <Url type="text/html" template="${address}/?q={searchTerms}"/>
</OpenSearchDescription>
`);
  };
}

/** Where browsers find the page: as set, or else where this request found it, whose host the door has let in. */
function addressOf({ base, publicUrl }: Place, request: Request): string {
  if (publicUrl !== undefined) return new URL(publicUrl).href.replace(/\/$/, "");
  return `${request.protocol}://${request.get("Host") ?? ""}${base}`;
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
