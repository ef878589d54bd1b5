import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { RateLimiter } from "../../../src/edge/rate-limiter.ts";
import { thrown } from "../../support/thrown.ts";

function setUp(perMinute: number, mostCounted?: number) {
  const time = { now: 5_000 };
  const clock = () => time.now;
  const limiter = new RateLimiter({
    perMinute,
    clock,
    ...(mostCounted === undefined ? {} : { mostCounted }),
  });
  return { limiter, time };
}

it("lets so many in within any minute, and says how long to wait", () => {
  const { limiter, time } = setUp(3);
  for (let i = 0; i < 3; i++) {
    limiter.count("ann", "a");
    time.now += 10_000;
  }
  expect(thrown(() => limiter.count("ann", "a"))).toMatchObject({
    code: "rate_limited",
    message: "3 questions in a minute are the limit: ask again in 30 seconds",
    retryAfter: 30,
  });
  time.now += 29_999;
  expect(thrown(() => limiter.count("ann", "a"))).toMatchObject({
    message: "3 questions in a minute are the limit: ask again in 1 second",
  });
  time.now += 1;
  limiter.count("ann", "a");
  expect(thrown(() => limiter.count("ann", "a")).retryAfter).toBe(10);
});

it("does not count what it refuses", () => {
  const { limiter, time } = setUp(1);
  limiter.count("ann", "a");
  for (let i = 0; i < 100; i++) expect(thrown(() => limiter.count("ann", "a")).code).toBe("rate_limited");
  time.now += 60_000;
  limiter.count("ann", "a");
});

it("counts each owner at each address for itself", () => {
  const { limiter } = setUp(1);
  for (const owner of ["ann", "bob"]) for (const address of ["a", "b"]) limiter.count(owner, address);
  expect(thrown(() => limiter.count("bob", "a")).code).toBe("rate_limited");
});

it("is off with 0", () => {
  const { limiter } = setUp(0);
  for (let i = 0; i < 1000; i++) limiter.count("ann", "a");
  expect(limiter.size).toBe(0);
});

describe("memory", () => {
  it("keeps who asked in the last minute alone", () => {
    const { limiter, time } = setUp(5);
    for (let i = 0; i < 1000; i++) limiter.count("local", `address-${i}`);
    time.now += 60_000;
    limiter.count("local", "late");
    expect(limiter.size).toBe(1);
  });

  it("keeps no more than so many addresses, and of these the latest", () => {
    const { limiter } = setUp(1, 100);
    limiter.count("local", "first");
    for (let i = 0; i < 5000; i++) limiter.count("local", `address-${i}`);
    expect(limiter.size).toBe(100);
    expect(thrown(() => limiter.count("local", "address-4999")).code).toBe("rate_limited");
    limiter.count("local", "first");
  });

  it("never forgets who asks on for the sake of others", () => {
    const { limiter } = setUp(3, 2);
    limiter.count("local", "steady");
    for (let i = 0; i < 2; i++) {
      limiter.count("local", `other-${i}`);
      limiter.count("local", "steady");
    }
    expect(thrown(() => limiter.count("local", "steady")).code).toBe("rate_limited");
  });
});

it("does not care for the wall clock", () => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2030, 0, 1) });
  try {
    const limiter = new RateLimiter({ perMinute: 1 });
    limiter.count("ann", "a");
    vi.setSystemTime(Date.UTC(2040, 0, 1));
    expect(thrown(() => limiter.count("ann", "a")).retryAfter).toBe(60);
    vi.setSystemTime(Date.UTC(1990, 0, 1));
    expect(thrown(() => limiter.count("ann", "a")).retryAfter).toBe(60);
  } finally {
    vi.useRealTimers();
  }
});

it("is a sliding window, as brute force counts it", () => {
  const gaps = fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 100 });
  fc.assert(
    fc.property(gaps, fc.integer({ min: 1, max: 8 }), (given, perMinute) => {
      const { limiter, time } = setUp(perMinute);
      const allowed: number[] = [];
      for (const gap of given) {
        time.now += gap;
        const inWindow = allowed.filter((at) => at > time.now - 60_000).length;
        if (inWindow >= perMinute) {
          const { retryAfter } = thrown(() => limiter.count("ann", "a"));
          const free = allowed.at(-perMinute)! + 60_000;
          expect(retryAfter).toBe(Math.max(1, Math.ceil((free - time.now) / 1000)));
        } else {
          limiter.count("ann", "a");
          allowed.push(time.now);
        }
      }
    }),
  );
});
