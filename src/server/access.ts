import type { IncomingHttpHeaders } from "node:http";
import type { Config } from "../config.ts";
import { hostCheck } from "./host-check.ts";
import { originCheck } from "./origin-check.ts";

/**
 * The door of HTTP and WebSocket alike. Gives the origin of a foreign page that is allowed in.
 * @throws AppError forbidden_origin
 */
export type Access = (headers: IncomingHttpHeaders) => string | undefined;

export function access(config: Config["server"]): Access {
  const checkHost = hostCheck(config);
  const checkOrigin = originCheck(config);
  return ({ host, origin }) => {
    checkHost(host);
    return checkOrigin({ host, origin });
  };
}
