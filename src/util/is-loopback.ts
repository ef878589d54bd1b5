import { BlockList, isIP } from "node:net";

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/** Whether a host is this machine: a name that is not `localhost` may stand for any address. */
export function isLoopback(host: string): boolean {
  const address = host.replace(/^\[|\]$/g, "");
  if (isIP(address) === 0) return /^localhost$/i.test(host);
  return loopback.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}
