import { isIP } from "node:net";
import { parseUrl } from "../util/strings.ts";

/** First parts of our own addresses, which a path in front of them could not be told from. */
const OURS = new Set(["api", "assets", "health", "metrics", "ready", "slack", "ws"]);

/**
 * `https://Example.org/footnote/` → `https://example.org/footnote`.
 * @throws Error with what is allowed instead
 */
export function parsePublicUrl(text: string): string {
  const url = parseUrl(text);
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new Error("takes an http:// or https:// address");
  if (/[?#]/.test(text)) throw new Error("takes an address without ? and #");
  const path = url.pathname.replace(/\/+$/, "");
  const [, first = "", ...more] = path.split("/");
  if (path !== "" && (first === "" || more.includes("")))
    throw new Error("takes an address without // in its path");
  if (OURS.has(first))
    throw new Error(
      `takes a path that does not begin with /${first}, where Footnote has addresses of its own`,
    );
  return url.origin + path;
}

/** More proxies than anyone has in a row. */
const MOST_HOPS = 10;
const WHAT = `takes how many proxies are in front (0 to ${MOST_HOPS}), or their addresses and subnets, comma separated`;

/** Whose `X-Forwarded-For` is believed: so many proxies in a row, or those of these networks. */
export interface TrustedProxies {
  readonly hops: number;
  /** `10.0.0.7` or `10.0.0.0/8`, IPv4 or IPv6. */
  readonly networks: readonly string[];
}

/** `2`, `10.0.0.7` or `10.0.0.0/8, fd00::/8`. @throws Error with one sentence */
export function parseTrustedProxies(text: string): TrustedProxies {
  const items = text.split(",").map((item) => item.trim());
  if (/^\d+$/.test(text)) {
    if (Number(text) > MOST_HOPS) throw new Error(WHAT);
    return Object.freeze({ hops: Number(text), networks: [] });
  }
  if (!items.every(isNetwork)) throw new Error(WHAT);
  return Object.freeze({ hops: 0, networks: Object.freeze(items) });
}

function isNetwork(item: string): boolean {
  const [address = "", prefix = "0", ...more] = item.split("/");
  const version = isIP(address);
  const longest = version === 6 ? 128 : 32;
  return version !== 0 && more.length === 0 && /^\d{1,3}$/.test(prefix) && Number(prefix) <= longest;
}
