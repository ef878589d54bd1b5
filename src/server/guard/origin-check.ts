import type { Config } from "../../config.ts";
import { AppError } from "../../errors.ts";
import { parseUrl } from "../../util/strings.ts";

interface RequestSource {
  readonly origin?: string | undefined;
  readonly host?: string | undefined;
}

/**
 * Which pages may talk to us: our own, and those of ALLOWED_ORIGINS. A request without an origin is no page's.
 * @returns a check that gives the origin when it is a foreign, allowed one, and throws AppError forbidden_origin
 */
export function originCheck(config: Config["server"]): (source: RequestSource) => string | undefined {
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
