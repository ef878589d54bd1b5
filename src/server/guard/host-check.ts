import { isIP } from "node:net";
import type { Config } from "../../config.ts";
import { AppError } from "../../errors.ts";
import { parseUrl } from "../../util/strings.ts";

const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];
const EVERY_ADDRESS = new Set(["0.0.0.0", "::", "[::]"]);

/**
 * Against DNS rebinding: a page of evil.example whose name points here sends `Host: evil.example`. Allowed are the
 * loopback names, HOST, ALLOWED_HOSTS and PUBLIC_URL's host, with any port. Where HOST stands for every address, so is
 * any address written as numbers: rebinding needs a name.
 * @returns a check of all `Host` headers that a request has, which throws AppError forbidden_origin, or bad_request for
 * more than one (RFC 9112, 3.2): a proxy before us may have gone by another than we would
 */
export function hostCheck(config: Config["server"]): (hosts: readonly string[]) => void {
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
