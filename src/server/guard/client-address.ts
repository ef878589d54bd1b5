import type { IncomingMessage } from "node:http";
import { BlockList, isIP } from "node:net";
import type { TrustedProxies } from "../../config/addresses.ts";

/** Groups of an IPv6 address that name a network, as providers hand them out: within it a client picks as it likes. */
const NETWORK_GROUPS = 4;

/** The address that a request is limited by: an IPv4 address, or the network (/64) of an IPv6 one. */
export type ClientAddress = (request: Pick<IncomingMessage, "socket" | "headers">) => string;

/**
 * The peer of the connection, unless it is a proxy to be believed: then what that one tells in `X-Forwarded-For`, whose
 * last entry it wrote itself; and so on from right to left. What stands further left anyone can make up.
 */
export function clientAddress({ hops, networks }: TrustedProxies): ClientAddress {
  const trusted = blockListOf(networks);
  return ({ socket, headers }) => {
    const told = String(headers["x-forwarded-for"] ?? "").split(",");
    let address = socket.remoteAddress ?? "";
    for (let hop = 0; hop < hops || isIn(trusted, address); hop++) {
      const next = addressIn(told.pop() ?? "");
      if (next === undefined) break;
      address = next;
    }
    return networkOf(address);
  };
}

function blockListOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = "", prefix] = network.split("/");
    const type = isIP(address) === 6 ? "ipv6" : "ipv4";
    if (prefix === undefined) list.addAddress(address, type);
    else list.addSubnet(address, Number(prefix), type);
  }
  return list;
}

/** An IPv4-mapped IPv6 address counts as IPv4. */
function isIn(list: BlockList, address: string): boolean {
  return isIP(address) !== 0 && list.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}

/** `1.2.3.4`, `1.2.3.4:567`, `::1`, `[::1]:567` → the address; undefined for what is none. */
function addressIn(entry: string): string | undefined {
  const text = entry.trim();
  const [, bracketed] = /^\[([^\]]+)\](?::\d+)?$/.exec(text) ?? [];
  const bare = bracketed ?? (/^[\d.]+:\d+$/.test(text) ? text.split(":")[0] : text) ?? "";
  return isIP(bare) === 0 ? undefined : bare;
}

function networkOf(address: string): string {
  const [, mapped] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address) ?? [];
  if (mapped !== undefined) return mapped;
  if (isIP(address) !== 6) return address;
  const [plain = ""] = address.split("%");
  // The address as URLs have it: lower case, no leading zeros, one `::` for the zeros, no dots.
  const [head = "", tail] = new URL(`http://[${plain}]`).hostname.slice(1, -1).split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => "0");
  return `${[...left, ...zeros, ...right].slice(0, NETWORK_GROUPS).join(":")}::/64`;
}
