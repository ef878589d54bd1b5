import { BlockList, isIP } from "node:net";
import type { Config } from "../../config.ts";
import { AppError } from "../../errors.ts";

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/**
 * Anyone who reaches the server is `local`, the one owner, where no keys are set. So it listens to other machines only
 * with keys, or when it is said that this is meant.
 * @throws AppError (config) with one line that names the variable, the value and the fix
 */
export function checkExposure({ host, apiKeys, openToAll }: Config["server"]): void {
  if (isLoopback(host) || apiKeys.length > 0 || openToAll) return;
  throw new AppError(
    "config",
    `HOST=${JSON.stringify(host)} lets other machines in, and API_KEYS names nobody: ` +
      "set API_KEYS=name:KEY, or AUTH=none if anyone may ask and read",
  );
}

/** A name that is not `localhost` may stand for any address. */
function isLoopback(host: string): boolean {
  const address = host.replace(/^\[|\]$/g, "");
  if (isIP(address) === 0) return /^localhost$/i.test(host);
  return loopback.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}
