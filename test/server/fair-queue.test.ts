import fc from "fast-check";
import { expect, it } from "vitest";
import { FairQueue } from "../../src/server/answers/admission.ts";

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
