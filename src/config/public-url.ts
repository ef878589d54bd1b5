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
