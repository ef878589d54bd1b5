import { expect, it } from "vitest";
import { type Pace, Pacer } from "../../../src/edge/pacer.ts";

/** Milliseconds that a piece of work takes, by the injected clock: more than a slice. */
const HEAVY = 8;

function setUp() {
  const time = { now: 0 };
  const done: string[] = [];
  const pacer = new Pacer(() => time.now);
  const work = async (name: string, pieces: number, ms = HEAVY, pace: Pace = pacer.task()) => {
    for (let i = 0; i < pieces; i++) {
      await pace();
      time.now += ms;
      done.push(name);
    }
  };
  return { pacer, time, done, work };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

it("does one heavy piece in a turn of the event loop, of what began first", async () => {
  const { done, work } = setUp();
  void Promise.all([work("a", 3), work("b", 2), work("c", 1)]);
  for (let pieces = 0; done.length < 6; pieces = done.length) {
    await turn();
    expect(done.length).toBeLessThanOrEqual(pieces + 1);
  }
  expect(done.join("")).toBe("aaabbc");
});

it("takes turns over who has tasks, however many one of them began before", async () => {
  const { pacer, done, work } = setUp();
  const hers = Array.from({ length: 20 }, () => work("a", 2, HEAVY, pacer.task("alice")));
  const his = work("b", 3, HEAVY, pacer.task("bob"));
  await his;
  expect(done.join("")).toBe("ababab");
  await Promise.all(hers);
  expect(done).toHaveLength(43);
});

it("waits for what a task computes between two pieces, in turns of its own", async () => {
  const { pacer, done, work } = setUp();
  const embedding = async (name: string) => {
    const pace = pacer.task();
    await pace();
    done.push(`${name} asks`);
    for (let turns = 0; turns < 3; turns++) await turn();
    await pace();
    done.push(`${name} has it`);
  };
  await Promise.all([embedding("a"), embedding("b"), work("c", 1)]);
  expect(done).toEqual(["a asks", "a has it", "b asks", "b has it", "c"]);
});

it("does many light pieces of one task in one turn", async () => {
  const { done, work } = setUp();
  void work("light", 20, 0.01);
  await turn();
  expect(done).toHaveLength(20);
});

it("goes on with the others while one waits for something else", async () => {
  const { pacer, done, work } = setUp();
  const pace = pacer.task();
  await pace();
  await work("other", 2);
  await pace();
  done.push("first");
  expect(done).toEqual(["other", "other", "first"]);
});

it("gives every other turn to a short piece, in the order of their coming", async () => {
  const { pacer, done, work } = setUp();
  const piece = async (name: string) => {
    await pacer.piece();
    done.push(name);
  };
  await Promise.all([work("a", 4), piece("1"), piece("2"), piece("3"), work("b", 1)]);
  expect(done.join("")).toBe("1a2a3aab");
});

it("waits for a calm turn, when streams keep the loop busy, but not for ever", async () => {
  const { time, done, work } = setUp();
  let busy = 10;
  const stream = () => {
    if (busy-- <= 0) return;
    time.now += 2;
    done.push("words");
    setImmediate(stream);
  };
  await work("a", 1);
  done.length = 0;
  setImmediate(stream);
  await work("b", 1);
  expect(done).toEqual([...Array(10).fill("words"), "b"]);
  busy = Number.POSITIVE_INFINITY;
  setImmediate(stream);
  await work("c", 1);
  busy = 0;
  expect(done.filter((name) => name === "words").length).toBeLessThan(40);
});

it("gives short pieces every other turn while streams keep the loop busy, and tasks go on", async () => {
  const { pacer, time, done, work } = setUp();
  let turns = 0;
  const stream = () => {
    turns += 1;
    time.now += 4;
    if (turns < 200) setImmediate(stream);
  };
  setImmediate(stream);
  const heavy = Promise.all(["a", "b", "c"].map((name) => work(name, 1)));
  for (let piece = 0; piece < 20; piece++) await pacer.piece();
  expect(turns).toBeLessThan(60);
  await heavy;
  expect(turns).toBeLessThan(150);
  expect(done).toEqual(["a", "b", "c"]);
  turns = 200;
});

it("goes on with tasks while short pieces come one after the other", async () => {
  const { pacer, time, done, work } = setUp();
  let pieces = 0;
  const calls = async () => {
    while (done.length < 6 && pieces < 500) {
      await pacer.piece();
      time.now += 2;
      pieces += 1;
    }
  };
  await Promise.all([calls(), calls(), work("a", 3), work("b", 2), work("c", 1)]);
  expect(done.join("")).toBe("aaabbc");
  expect(pieces).toBeLessThan(60);
});

it("lets timers fire while fifty tasks are heavy", async () => {
  const pacer = new Pacer();
  const heavy = Array.from({ length: 50 }, async () => {
    const pace = pacer.task();
    for (let i = 0; i < 4; i++) {
      await pace();
      for (const until = performance.now() + 1; performance.now() < until; );
    }
  });
  let fired = 0;
  const timer = setInterval(() => {
    fired += 1;
  }, 1);
  await Promise.all(heavy);
  clearInterval(timer);
  // 200 ms of work in slices of 5 ms; without turns in between it would be none.
  expect(fired).toBeGreaterThan(10);
});
