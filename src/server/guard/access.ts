import type { IncomingMessage } from "node:http";
import type { Config } from "../../config.ts";
import { hostCheck } from "./host-check.ts";
import { originCheck } from "./origin-check.ts";

/**
 * The door of HTTP and WebSocket alike. Gives the origin of a foreign page that is allowed in.
 * @throws AppError forbidden_origin, bad_request
 */
export type Access = (request: IncomingMessage) => string | undefined;

export function access(config: Config["server"]): Access {
  const checkHost = hostCheck(config);
  const checkOrigin = originCheck(config);
  return ({ headers: { host, origin }, headersDistinct }) => {
    checkHost(headersDistinct.host ?? []);
    return checkOrigin({ host, origin });
  };
}
