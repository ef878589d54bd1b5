import { readdirSync, statSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { ReadingFiles } from "../../../src/store/readings/reading-files.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const reading = (seed: number) => Uint8Array.from({ length: 1000 + seed }, (_, at) => (at * seed) % 256);
const vector = (seed: number) => Int8Array.from({ length: 256 }, (_, at) => (at % seed) - 64);
const entries = (...seeds: number[]) =>
  new Map(seeds.map((seed) => [`r${seed}`, { reading: reading(seed), vector: vector(seed) }]));
const names = (found: ReadonlyMap<string, Uint8Array>) => [...found.keys()].sort();
const segments = (folder: string, reader = "one") => {
  const own = path.join(folder, "readings", reader);
  return readdirSync(own).map((name) => path.join(own, name));
};

describe("ReadingFiles", () => {
  it("gives back what was added, by this store or by another one on the same folder", async () => {
    const folder = temporaryFolder();
    const [store, other] = [new ReadingFiles(folder, "one"), new ReadingFiles(folder, "one")];
    expect(await store.missing(["r1", "r2"])).toEqual(["r1", "r2"]);
    await store.add(entries(1, 2));
    await other.add(entries(3));
    for (const each of [store, other, new ReadingFiles(folder, "one")]) {
      const found = await each.get(["r3", "r1", "r9"]);
      expect(names(found)).toEqual(["r1", "r3"]);
      expect(Buffer.from(found.get("r3") ?? []).equals(reading(3))).toBe(true);
      expect(await each.missing(["r1", "r2", "r3", "r9"])).toEqual(["r9"]);
      expect(await each.vectors(["r3", "r9"])).toEqual(new Map([["r3", vector(3)]]));
    }
  });

  it.each([0, 10, 1500])("counts as missing what a segment of %i bytes has lost", async (bytes) => {
    const folder = temporaryFolder();
    await new ReadingFiles(folder, "one").add(entries(1, 2));
    const [segment = ""] = segments(folder);
    truncateSync(segment, bytes);
    const store = new ReadingFiles(folder, "one");
    expect(names(await store.get(["r2"]))).toEqual([]);
    await store.add(entries(2));
    expect(names(await store.get(["r2"]))).toEqual(["r2"]);
  });

  it("survives a segment that is no segment", async () => {
    const folder = temporaryFolder();
    const store = new ReadingFiles(folder, "one");
    await store.add(entries(1));
    for (const [at, text] of ["{}\n", "[[1,2]]\n", '[["r2",5]]\n', "no line", '[["r2",-5]]\n'].entries())
      writeFileSync(path.join(folder, "readings", "one", `bad${at}.seg`), text);
    expect(names(await new ReadingFiles(folder, "one").get(["r1", "r2"]))).toEqual(["r1"]);
    await store.keepOnly(["r1"]);
    expect(segments(folder)).toHaveLength(1);
  });

  it("removes what belongs to no paper any more, and what another reader made", async () => {
    const folder = temporaryFolder();
    await new ReadingFiles(folder, "older").add(entries(1));
    const store = new ReadingFiles(folder, "one");
    await store.add(entries(1, 2, 3));
    await store.add(entries(4, 5));
    await store.keepOnly(["r1", "r2", "r5"]);
    expect(readdirSync(path.join(folder, "readings"))).toEqual(["one"]);
    expect(names(await store.get(["r1", "r2", "r3", "r4", "r5"]))).toEqual(["r1", "r2", "r3", "r4", "r5"]);
    await store.keepOnly(["r1", "r2"]);
    expect(names(await store.get(["r1", "r4", "r5"]))).toEqual(["r1"]);
    expect(segments(folder)).toHaveLength(1);
    expect(statSync(segments(folder)[0] ?? "").size).toBeGreaterThan(3000);
  });

  it("says what kept it from writing", async () => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, "readings"), "a file");
    await expect(new ReadingFiles(folder, "one").add(entries(1))).rejects.toThrow(/readings/);
  });
});
