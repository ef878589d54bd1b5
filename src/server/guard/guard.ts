import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import type { RequestHandler } from "express";
import type { Config } from "../../config.ts";
import { AppError } from "../../errors.ts";
import { parseUrl } from "../../util/strings.ts";

/**
 * The door of HTTP and WebSocket alike. Gives the origin of a foreign page that is allowed in.
 * @throws AppError forbidden_origin, bad_request
 */
export type Guard = (request: IncomingMessage) => string | undefined;

export function guard(config: Config["server"]): Guard {
  const checkHost = hostCheck(config);
  const checkOrigin = originCheck(config);
  return ({ headers: { host, origin }, headersDistinct }) => {
    checkHost(headersDistinct.host ?? []);
    return checkOrigin({ host, origin });
  };
}

const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];
const EVERY_ADDRESS = new Set(["0.0.0.0", "::", "[::]"]);

/**
 * Against DNS rebinding: a page of evil.example whose name points here sends `Host: evil.example`. Allowed are the
 * loopback names, HOST, ALLOWED_HOSTS and PUBLIC_URL's host, with any port. Where HOST stands for every address, so is
 * any address written as numbers: rebinding needs a name.
 * @returns a check of all `Host` headers that a request has, which throws AppError forbidden_origin, or bad_request for
 * more than one (RFC 9112, 3.2): a proxy before us may have gone by another than we would
 */
function hostCheck(config: Config["server"]): (hosts: readonly string[]) => void {
  const named = [
    config.host,
    ...config.allowedHosts,
    ...(config.publicUrl ? [new URL(config.publicUrl).host] : []),
  ];
  const allowed = new Set([...LOOPBACK, ...named.flatMap((name) => nameOf(name) ?? [])]);
  const anyAddress = EVERY_ADDRESS.has(config.host);
  return ([host, ...more]) => {
    if (more.length > 0) {
      const message = `Host is given ${more.length + 1} times: a request takes one`;
      throw new AppError("bad_request", message, { field: "Host" });
    }
    const name = nameOf(host ?? "");
    if (name !== undefined && allowed.has(name)) return;
    if (anyAddress && name !== undefined && isIP(name.replace(/^\[|\]$/g, "")) !== 0) return;
    throw new AppError(
      "forbidden_origin",
      `This server does not answer to the host ${JSON.stringify((host ?? "").slice(0, 100))}: ` +
        "its operator can add it to ALLOWED_HOSTS",
    );
  };
}

/** `Example.org:80` → `example.org`, `::1` → `[::1]`; undefined for what is no host. */
function nameOf(host: string): string | undefined {
  const text = isIP(host) === 6 ? `[${host}]` : host;
  if (!/^([\w.-]+|\[[0-9a-f:.]+\])(:\d*)?$/i.test(text)) return undefined;
  return parseUrl(`http://${text}`)?.hostname.replace(/\.$/, "");
}

interface RequestSource {
  readonly origin?: string | undefined;
  readonly host?: string | undefined;
}

/**
 * Which pages may talk to us: our own, and those of ALLOWED_ORIGINS. A request without an origin is no page's.
 * @returns a check that gives the origin when it is a foreign, allowed one, and throws AppError forbidden_origin
 */
function originCheck(config: Config["server"]): (source: RequestSource) => string | undefined {
  const allowed = new Set(config.allowedOrigins.map(asBrowsersSendIt));
  const ownAddress = config.publicUrl === undefined ? undefined : new URL(config.publicUrl).origin;
  return ({ origin, host }) => {
    if (origin === undefined || origin === ownAddress || isSame(origin, host)) return undefined;
    if (origin !== "null" && allowed.has(origin)) return origin;
    throw new AppError(
      "forbidden_origin",
      `Pages of ${JSON.stringify(origin.slice(0, 100))} may not use this server: its operator can add them to ALLOWED_ORIGINS`,
    );
  };
}

/** `HTTPS://Example.org/` → `https://example.org`; an extension's origin has no such form and stays as it is. */
function asBrowsersSendIt(origin: string): string {
  const url = parseUrl(origin);
  return url === undefined || url.origin === "null" ? origin : url.origin;
}

/** The scheme is left out: behind a proxy that ends TLS the page has https and we have http. */
function isSame(origin: string, host: string | undefined): boolean {
  const page = parseUrl(origin);
  if (page === undefined || host === undefined || !/^https?:$/.test(page.protocol)) return false;
  return page.host === parseUrl(`${page.protocol}//${host}`)?.host;
}

/** Seconds that a browser may remember what a preflight answered. */
const PREFLIGHT_AGE = "600";

/** Lets requests in through `guard`, and answers browsers that ask for a page of an allowed origin (CORS). */
export function crossOrigin(guard: Guard): RequestHandler {
  return (request, response, next) => {
    const origin = guard(request);
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
