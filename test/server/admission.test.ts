import fc from "fast-check";
import { expect, it } from "vitest";
import { AnswerQueue, FairQueue, type Ticket } from "../../src/server/answers/admission.ts";
import { thrown } from "../support/thrown.ts";

const never = new AbortController().signal;
const ANN = ["ann", "192.0.2.1", "c1"];
const BOB = ["bob", "192.0.2.2", "c2"];

/** Whether it has had its turn by now. */
async function isCalled(ticket: Ticket): Promise<boolean> {
  return Promise.race([
    ticket.turn(never).then(() => true),
    new Promise<false>((no) => setImmediate(no, false)),
  ]);
}

it("lets so many run, and the next when one leaves", async () => {
  const queue = new AnswerQueue({ atOnce: 2, waiting: 10 });
  const [first, second, third] = [queue.join(ANN), queue.join(ANN), queue.join(ANN)];
  expect([queue.running, queue.waiting]).toEqual([2, 1]);
  expect([await isCalled(first), await isCalled(second), await isCalled(third)]).toEqual([true, true, false]);
  second.leave();
  expect(await isCalled(third)).toBe(true);
  expect([queue.running, queue.waiting]).toEqual([2, 0]);
});

it("calls the owner who has waited for no turn yet before the many of another", async () => {
  const queue = new AnswerQueue({ atOnce: 1, waiting: 1000 });
  const running = queue.join(ANN);
  const many = Array.from({ length: 500 }, () => queue.join(ANN));
  const one = queue.join(BOB);
  running.leave();
  many[0]!.leave();
  expect(await isCalled(one)).toBe(true);
  expect(queue.waiting).toBe(499);
});

it("forgets who leaves the line, at once and once", async () => {
  const queue = new AnswerQueue({ atOnce: 1, waiting: 10 });
  const running = queue.join(ANN);
  const stop = new AbortController();
  const ticket = queue.join(ANN);
  const turn = ticket.turn(stop.signal);
  expect(queue.waiting).toBe(1);
  stop.abort();
  expect(queue.waiting).toBe(0);
  await turn;
  for (let i = 0; i < 3; i++) ticket.leave();
  expect(queue.running).toBe(1);
  for (let i = 0; i < 3; i++) running.leave();
  expect(queue.running).toBe(0);
});

it("has no turn for who comes with a signal that has aborted", async () => {
  const queue = new AnswerQueue({ atOnce: 1, waiting: 10 });
  queue.join(ANN);
  await queue.join(ANN).turn(AbortSignal.abort());
  expect([queue.running, queue.waiting]).toEqual([1, 0]);
});

it("refuses when the line is full, but not who has fewer there than their share", () => {
  const queue = new AnswerQueue({ atOnce: 1, waiting: 4 });
  for (let i = 0; i < 5; i++) queue.join(ANN);
  const error = thrown(() => queue.join(ANN));
  expect(error).toMatchObject({
    code: "rate_limited",
    message: "4 questions wait for an answer already: ask again in 5 seconds",
    retryAfter: 5,
  });
  queue.join(BOB);
  queue.join(BOB);
  expect(thrown(() => queue.join(BOB)).code).toBe("rate_limited");
  expect(queue.waiting).toBe(6);
});

it("lets any number run with 0", () => {
  const queue = new AnswerQueue({ atOnce: 0, waiting: 1 });
  for (let i = 0; i < 500; i++) queue.join(ANN);
  expect([queue.running, queue.waiting]).toEqual([500, 0]);
});

it("tells how long one waited", () => {
  let now = 1000;
  const queue = new AnswerQueue({ atOnce: 1, waiting: 10, clock: () => now });
  const [first, second] = [queue.join(ANN), queue.join(ANN)];
  now += 250;
  expect([first.waitedMs, second.waitedMs]).toEqual([0, 250]);
  first.leave();
  now += 250;
  expect(second.waitedMs).toBe(250);
});

// ── The fair line ───────────────────────────────────────────────────────────────────────────────────────

/** Everything in line, in the order in which it is taken. */
function all<Item>(line: FairQueue<Item>): Item[] {
  const items: Item[] = [];
  for (let item = line.take(); item !== undefined; item = line.take()) items.push(item);
  return items;
}

it("serves one name in the order of coming", () => {
  const line = new FairQueue<number>();
  for (let i = 0; i < 5; i++) line.add(["ann"], i);
  expect(all(line)).toEqual([0, 1, 2, 3, 4]);
});

it("takes turns over owners first, then over the addresses of one, then over connections", () => {
  const line = new FairQueue<string>();
  for (let i = 0; i < 4; i++) line.add(["ann", "home", "tab1"], `home-tab1-${i}`);
  line.add(["ann", "home", "tab2"], "home-tab2");
  line.add(["ann", "work", "tab1"], "work");
  line.add(["bob", "home", "tab1"], "bob");
  expect(all(line)).toEqual([
    "home-tab1-0",
    "bob",
    "work",
    "home-tab2",
    "home-tab1-1",
    "home-tab1-2",
    "home-tab1-3",
  ]);
});

it("lets a thousand of one delay another by one at most", () => {
  const line = new FairQueue<string>();
  for (let i = 0; i < 1000; i++) line.add(["many", "a"], "many");
  line.take();
  line.add(["few", "b"], "few");
  expect([line.take(), line.take()]).toContain("few");
});

it("gives a newcomer within its share a place in a full line, and no other", () => {
  const line = new FairQueue<string>();
  const room = 100;
  for (let i = 0; i < room; i++) line.add(["ann", "home", "tab1"], "ann");
  expect(line.hasShare(["ann", "home", "tab1"], room)).toBe(false);
  expect(line.hasShare(["ann", "home", "tab2"], room)).toBe(true);
  expect(line.hasShare(["bob", "home", "tab1"], room)).toBe(true);
  for (let i = 0; i < room / 2; i++) line.add(["bob", "home", "tab1"], "bob");
  expect(line.hasShare(["bob", "home", "tab1"], room)).toBe(false);
});

it("cannot be blown up by making up names", () => {
  const line = new FairQueue<number>();
  const room = 100;
  for (let i = 0; i < 10_000; i++) {
    const path = ["local", `address-${i}`, `connection-${i}`];
    if (line.size < room || line.hasShare(path, room)) line.add(path, i);
  }
  expect(line.size).toBeLessThanOrEqual(3 * room);
});

type Step = { readonly path: string[]; readonly what: "add" | "take" | "remove" };
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    path: fc.tuple(fc.constantFrom("a", "b", "c"), fc.constantFrom("x", "y")).map((names) => [...names]),
    what: fc.constantFrom("add", "add", "take", "remove"),
  }),
);

it("loses nothing, gives nothing twice, and keeps the order of each name", () => {
  fc.assert(
    fc.property(steps, (given) => {
      const line = new FairQueue<{ path: string[]; number: number }>();
      const inside = new Set<{ path: string[]; number: number }>();
      for (const [number, { path, what }] of given.entries()) {
        if (what === "add") {
          const item = { path, number };
          line.add(path, item);
          inside.add(item);
        } else if (what === "take") {
          const item = line.take();
          expect(item === undefined).toBe(inside.size === 0);
          if (item === undefined) continue;
          const first = [...inside].find((other) => other.path.join() === item.path.join());
          expect(item).toBe(first);
          inside.delete(item);
        } else {
          const item = [...inside].find((other) => other.path.join() === path.join());
          if (item === undefined) continue;
          expect(line.remove(path, item)).toBe(true);
          expect(line.remove(path, item)).toBe(false);
          inside.delete(item);
        }
        expect(line.size).toBe(inside.size);
      }
      expect(new Set(all(line))).toEqual(inside);
    }),
  );
});

it("is as fair as taking turns can be: among names with items left, none is served two ahead of another", () => {
  const counts = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 2, maxLength: 6 });
  fc.assert(
    fc.property(counts, (given) => {
      const line = new FairQueue<number>();
      for (const [name, count] of given.entries()) {
        for (let i = 0; i < count; i++) line.add([String(name)], name);
      }
      const served = given.map(() => 0);
      for (const name of all(line)) {
        served[name]! += 1;
        const waiting = served.filter((taken, at) => taken < given[at]!);
        if (waiting.length > 0) expect(served[name]! - Math.min(...waiting)).toBeLessThanOrEqual(1);
      }
    }),
  );
});
