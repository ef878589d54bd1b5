/**
 * Preloaded with `--require`, which reaches threads too: no connection leaves this machine from this process, its threads, and the node processes
 * that it starts with the same NODE_OPTIONS. Each try is refused and written as a line into the file that OUTGOING_LOG
 * names. Loopback addresses, pipes and names that can never exist (RFC 2606) are free.
 */
const dgram = require("node:dgram");
const dns = require("node:dns");
const { appendFileSync } = require("node:fs");
const { syncBuiltinESMExports } = require("node:module");
const { BlockList, isIP, Socket } = require("node:net");

const TRAPPED = Symbol.for("footnote.outgoing-trapped");
const FREE_NAME = /^$|(^|\.)localhost\.?$|\.invalid\.?$/i;

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");
// Where one listens on every address, this is how one reaches oneself.
loopback.addAddress("0.0.0.0", "ipv4");
loopback.addAddress("::", "ipv6");

function isFree(host) {
  const address = host.replace(/^\[|\]$/g, "");
  if (isIP(address) === 0) return FREE_NAME.test(host);
  return loopback.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}

function refusal(what, host) {
  if (process.env.OUTGOING_LOG) appendFileSync(process.env.OUTGOING_LOG, `${what} ${host}\n`);
  return Object.assign(new Error(`trapped: ${what} ${host}`), { code: "ECONNREFUSED" });
}

/** Of `connect(options)`, `connect(port, host)`, `connect(path)`, or what node makes of these. */
function hostOf([first, second]) {
  const target = Array.isArray(first) ? first[0] : first;
  if (typeof target === "object" && target !== null) return target.path ? "" : String(target.host ?? "");
  const isPort = typeof target === "number" || /^\d+$/.test(String(target));
  return isPort && typeof second === "string" ? second : "";
}

function trapConnections() {
  const connect = Socket.prototype.connect;
  Socket.prototype.connect = function (...args) {
    const host = hostOf(args);
    if (isFree(host)) return connect.apply(this, args);
    const error = refusal("connect", host);
    process.nextTick(() => this.destroy(error));
    return this;
  };
}

/** `lookup` and `resolve…` of a module, its promises and its resolvers. */
function trapNames(owner, asPromise) {
  for (const name of Object.getOwnPropertyNames(owner)) {
    if (!/^(lookup$|resolve|reverse$)/.test(name) || typeof owner[name] !== "function") continue;
    const original = owner[name];
    owner[name] = function (host, ...rest) {
      if (isFree(String(host)) || (name === "lookup" && isIP(String(host)) !== 0)) {
        return original.call(this, host, ...rest);
      }
      const error = refusal(`dns.${name}`, host);
      if (asPromise) return Promise.reject(error);
      return process.nextTick(rest.at(-1), error);
    };
  }
}

function trapDatagrams() {
  for (const name of ["send", "connect"]) {
    const original = dgram.Socket.prototype[name];
    dgram.Socket.prototype[name] = function (...args) {
      const host = args.slice(1).find((arg) => typeof arg === "string") ?? "";
      if (isFree(host)) return original.apply(this, args);
      const error = refusal(`udp.${name}`, host);
      const callback = args.at(-1);
      return process.nextTick(() =>
        typeof callback === "function" ? callback(error) : this.emit("error", error),
      );
    };
  }
}

if (globalThis[TRAPPED] !== true) {
  globalThis[TRAPPED] = true;
  trapConnections();
  trapNames(dns, false);
  trapNames(dns.Resolver.prototype, false);
  trapNames(dns.promises, true);
  trapNames(dns.promises.Resolver.prototype, true);
  trapDatagrams();
  syncBuiltinESMExports();
}
