import type { Finding } from "./finding.ts";

/** The oldest Node that `engines` in package.json allows; a test holds the two together. */
export const OLDEST_NODE = "20.19.0";

/** @param version such as `20.20.2` */
export function checkNode(version: string): Finding {
  const fits = version.localeCompare(OLDEST_NODE, "en", { numeric: true }) >= 0;
  return fits
    ? { check: "node", state: "ok", message: `Node ${version}` }
    : {
        check: "node",
        state: "problem",
        message: `Node ${version} is too old: install ${OLDEST_NODE} or newer`,
      };
}
