import { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { parseTrustedProxies } from "../../src/config/addresses.ts";
import { clientAddress } from "../../src/server/guard/client-address.ts";

function addressOf(trust: string, peer: string | undefined, forwarded?: string): string {
  const socket = Object.defineProperty(new Socket(), "remoteAddress", { value: peer });
  const headers = forwarded === undefined ? {} : { "x-forwarded-for": forwarded };
  return clientAddress(parseTrustedProxies(trust))({ socket, headers });
}

describe("without proxies", () => {
  it.each([
    ["192.0.2.7", "192.0.2.7"],
    ["::ffff:192.0.2.7", "192.0.2.7"],
    ["::1", "0:0:0:0::/64"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:0DB8:0001:0002::9", "2001:db8:1:2::/64"],
    ["2001:db8::", "2001:db8:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    [undefined, ""],
  ])("%s is limited as %s", (peer, address) => {
    expect(addressOf("0", peer)).toBe(address);
  });

  it("nobody is believed", () => {
    expect(addressOf("0", "192.0.2.7", "198.51.100.1")).toBe("192.0.2.7");
  });
});

describe("behind proxies", () => {
  it.each([
    ["1", "10.0.0.1", "198.51.100.1", "198.51.100.1"],
    ["1", "10.0.0.1", "6.6.6.6, 198.51.100.1", "198.51.100.1"],
    ["2", "10.0.0.1", "6.6.6.6, 198.51.100.1, 10.0.0.2", "198.51.100.1"],
    ["2", "10.0.0.1", "198.51.100.1", "198.51.100.1"],
    ["1", "10.0.0.1", undefined, "10.0.0.1"],
    ["1", "10.0.0.1", "unknown", "10.0.0.1"],
    ["1", "10.0.0.1", "198.51.100.1:4711", "198.51.100.1"],
    ["1", "10.0.0.1", "[2001:db8::7]:4711", "2001:db8:0:0::/64"],
    ["1", "10.0.0.1", "6.6.6.6,", "10.0.0.1"],
    ["10.0.0.0/8", "10.0.0.1", "6.6.6.6, 198.51.100.1, 10.9.9.9", "198.51.100.1"],
    ["10.0.0.0/8", "192.0.2.7", "198.51.100.1", "192.0.2.7"],
    ["10.0.0.1", "::ffff:10.0.0.1", "198.51.100.1", "198.51.100.1"],
    ["fd00::/8, 127.0.0.1", "fd00::5", "198.51.100.1, 127.0.0.1", "198.51.100.1"],
    ["10.0.0.0/8", "10.0.0.1", "10.0.0.2", "10.0.0.2"],
  ])("TRUST_PROXY=%s: %s with %s is %s", (trust, peer, forwarded, address) => {
    expect(addressOf(trust, peer, forwarded)).toBe(address);
  });
});
