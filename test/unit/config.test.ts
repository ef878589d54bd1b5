import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { describe, expect, it } from "vitest";
import { loadConfig } from "../../src/config.ts";
import { thrown } from "../support/thrown.ts";

const read = (variables: Record<string, string>) => loadConfig(variables, "/nonexistent").server;
const message = (variables: Record<string, string>) => thrown(() => read(variables)).message;

const KEY = "0123456789abcdef";
const OTHER = "fedcba9876543210";

describe("API_KEYS", () => {
  it("names owners and who is admin, and keeps no key", () => {
    const { apiKeys } = read({ API_KEYS: `alice:${KEY}:admin, bob@example.org:${OTHER}` });
    expect(apiKeys).toMatchObject([
      { owner: "alice", admin: true },
      { owner: "bob@example.org", admin: false },
    ]);
    expect(JSON.stringify(apiKeys)).not.toMatch(/0123456789|9876543210/);
    expect(read({}).apiKeys).toEqual([]);
  });

  const form = "takes owner:KEY or owner:KEY:admin, the owner up to 64 of A-Z a-z 0-9 _ . @ -";
  const size = "it takes 16 to 500 printable ASCII ones, without space, comma and colon";
  it.each([
    [KEY, `entry 1 ${form}`],
    [`alice:${KEY},`, `entry 2 ${form}`],
    [`alice:${KEY}:admin:more`, `entry 1 ${form}`],
    [`${KEY}:alice`, `entry 1 has a key of 5 characters: ${size}`],
    [`a b:${KEY}`, `entry 1 ${form}`],
    [`:${KEY}`, `entry 1 ${form}`],
    [`${"o".repeat(65)}:${KEY}`, `entry 1 ${form}`],
    [`alice:${KEY},bob:short`, `entry 2 ("bob") has a key of 5 characters: ${size}`],
    [`alice:${KEY.slice(1)}`, `entry 1 ("alice") has a key of 15 characters: ${size}`],
    [`alice:${"k".repeat(501)}`, `entry 1 ("alice") has a key of 501 characters: ${size}`],
    [`alice:${KEY} x`, `entry 1 ("alice") has a key of 18 characters: ${size}`],
    [`alice:${KEY}ß`, `entry 1 ("alice") has a key of 17 characters: ${size}`],
    [`alice:${KEY}:Admin`, 'entry 1 ("alice") has an unknown role: it takes admin'],
    [`alice:${KEY}:`, 'entry 1 ("alice") has an unknown role: it takes admin'],
    [`alice:${KEY},alice:${OTHER}`, 'entry 2 names the owner "alice" a second time'],
    [`alice:${KEY},bob:${KEY}`, 'entry 2 ("bob") has the key of "alice": each needs its own'],
  ])("%s is refused in one line without a key", (given, expected) => {
    expect(message({ API_KEYS: given })).toBe(`API_KEYS: ${expected}`);
    for (const key of [KEY, OTHER]) expect(message({ API_KEYS: given })).not.toContain(key.slice(1));
  });
});

describe("AUTH", () => {
  it("says with none that anyone may ask, and not together with keys", () => {
    expect(read({}).openToAll).toBe(false);
    expect(read({ AUTH: "none" }).openToAll).toBe(true);
    expect(message({ AUTH: "off" })).toBe('AUTH="off": takes none, or nothing');
    const both = message({ AUTH: "none", API_KEYS: `alice:${KEY}` });
    expect(both).toBe('AUTH="none": API_KEYS is set too, remove one of the two');
  });
});

describe("TRUST_PROXY", () => {
  it.each([
    ["0", { hops: 0, networks: [] }],
    ["2", { hops: 2, networks: [] }],
    ["10.0.0.7", { hops: 0, networks: ["10.0.0.7"] }],
    ["10.0.0.0/8, fd00::/8", { hops: 0, networks: ["10.0.0.0/8", "fd00::/8"] }],
  ])("takes %s", (given, expected) => {
    expect(read({ TRUST_PROXY: given }).trustedProxies).toEqual(expected);
  });

  it("believes nobody by default", () => {
    expect(read({}).trustedProxies).toEqual({ hops: 0, networks: [] });
  });

  it.each([
    "true",
    "11",
    "-1",
    "10.0.0.0/33",
    "fd00::/129",
    "10.0.0.0/8/8",
    "10.0.0.1,",
    "proxy.example",
    "1,2",
  ])("does not take %s", (given) => {
    expect(message({ TRUST_PROXY: given })).toBe(
      `TRUST_PROXY="${given}": takes how many proxies are in front (0 to 10), or their addresses and subnets, comma separated`,
    );
  });
});

describe("PUBLIC_URL", () => {
  it.each([
    ["https://Example.org", "https://example.org"],
    ["https://example.org:8443/", "https://example.org:8443"],
    ["http://10.0.0.7/footnote//", "http://10.0.0.7/footnote"],
    ["https://example.org/a b/../notes/api", "https://example.org/notes/api"],
  ])("takes %s", (given, expected) => {
    expect(read({ PUBLIC_URL: given }).publicUrl).toBe(expected);
  });

  it.each([
    ["example.org", "takes an http:// or https:// address"],
    ["ftp://example.org", "takes an http:// or https:// address"],
    ["https://example.org/?a=b", "takes an address without ? and #"],
    ["https://example.org//evil.example/x", "takes an address without // in its path"],
    [
      "https://example.org/api/footnote",
      "takes a path that does not begin with /api, where Footnote has addresses of its own",
    ],
  ])("does not take %s", (given, expected) => {
    expect(message({ PUBLIC_URL: given })).toBe(`PUBLIC_URL="${given}": ${expected}`);
  });
});

it("RATE_LIMIT_PER_MINUTE and MAX_CONCURRENT_ANSWERS are 120 and 64, and off with 0", () => {
  expect(read({})).toMatchObject({ rateLimitPerMinute: 120, maxConcurrentAnswers: 64 });
  const off = { RATE_LIMIT_PER_MINUTE: "0", MAX_CONCURRENT_ANSWERS: "0" };
  expect(read(off)).toMatchObject({ rateLimitPerMinute: 0, maxConcurrentAnswers: 0 });
  expect(message({ RATE_LIMIT_PER_MINUTE: "many" })).toBe(
    'RATE_LIMIT_PER_MINUTE="many": takes a whole number from 0 to 1000000',
  );
  expect(message({ MAX_CONCURRENT_ANSWERS: "-1" })).toBe(
    'MAX_CONCURRENT_ANSWERS="-1": takes a whole number from 0 to 100000',
  );
});

describe("Slack", () => {
  const slack = (variables: Record<string, string>) => loadConfig(variables, "/nonexistent").slack;
  const SLACK_BOT_TOKEN = "xoxb-1";

  it("is off without a bot token", () => {
    expect(slack({})).toBeUndefined();
    expect(slack({ SLACK_APP_TOKEN: "xapp-1" })).toBeUndefined();
    expect(slack({ SLACK_BOT_TOKEN, SLACK_ALLOWED_CHANNELS: "C01, G02" })).toEqual({
      botToken: "xoxb-1",
      appToken: undefined,
      signingSecret: undefined,
      maxPerMinute: 20,
      allowedChannels: ["C01", "G02"],
      apiUrl: "https://slack.com/api/",
    });
  });

  it.each([
    ["SLACK_BOT_TOKEN", "xapp-secret", ": takes a token that begins with xoxb-"],
    ["SLACK_APP_TOKEN", "xoxb-secret", ": takes a token that begins with xapp-"],
    ["SLACK_SIGNING_SECRET", "a secret", /^: takes 8 to 200 printable characters/],
    ["SLACK_MAX_PER_MINUTE", "-1", '="-1": takes a whole number from 0 to 100000'],
    [
      "SLACK_ALLOWED_CHANNELS",
      "#general",
      '="#general": takes ids of channels such as C0123456789, comma separated',
    ],
    ["SLACK_API_URL", "slack.com", '="slack.com": takes an http:// or https:// address'],
  ])("%s does not take %s, and shows no secret", (name, value, expected) => {
    const told = message({ SLACK_BOT_TOKEN, [name]: value });
    expect(told.startsWith(name)).toBe(true);
    expect(told.slice(name.length)).toMatch(expected);
    expect(told).not.toContain('secret"');
  });
});

it(".env.example is what is there without it", () => {
  const example = parseEnv(readFileSync(".env.example", "utf8"));
  expect(loadConfig(example as NodeJS.ProcessEnv, "/nonexistent")).toEqual(loadConfig({}, "/nonexistent"));
  for (const name of ["API_KEYS", "AUTH", "TRUST_PROXY", "RATE_LIMIT_PER_MINUTE", "MAX_CONCURRENT_ANSWERS"]) {
    expect(Object.keys(example)).toContain(name);
  }
});
