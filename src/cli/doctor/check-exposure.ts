import type { Finding } from "../../assistant/doctor/finding.ts";
import type { Config } from "../../config.ts";
import { checkExposure as check } from "../../server/listen.ts";
import { countOf } from "../../util/strings.ts";

/** Who may ask, and from where. @throws AppError when `serve` would refuse to listen */
export function checkExposure(server: Config["server"]): Finding {
  check(server);
  const { host, apiKeys, openToAll } = server;
  if (openToAll) {
    const message = `AUTH=none: anyone who reaches HOST=${host} asks, and reads every conversation: set API_KEYS unless that is meant`;
    return { check: "access", state: "warning", message };
  }
  const admins = apiKeys.filter(({ admin }) => admin).length;
  const who =
    apiKeys.length === 0
      ? "this machine alone, without keys"
      : `${countOf(apiKeys.length, "key")}, ${admins} of them admin`;
  return { check: "access", state: "ok", message: `HOST=${host} lets in ${who}` };
}
