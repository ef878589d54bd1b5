import { appendFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { IndexStore, type NewGeneration } from "../../../src/store/index/index-store.ts";
import type { VectorItem, VectorStorage } from "../../../src/store/vectors/vector-store.ts";
import { vectraStorage } from "../../../src/store/vectors/vectra-store.ts";
import { makePaper } from "../../support/make-paper.ts";
import { itemsFor, randomVectors } from "../../support/random-vectors.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const draft = (title: string): NewGeneration => ({
  papers: [makePaper({ title, abstract: "One sentence." })],
  items: itemsFor(4),
  vectors: randomVectors(4, 8),
  embedding: { model: "m", fingerprint: "f", dimension: 8 },
  chunkerVersion: "c",
  files: { "extra.bin": Buffer.from("kept with it") },
});

const generations = (root: string) => readdirSync(path.join(root, "index"));

describe("IndexStore", () => {
  it("publishes a generation, loads it as it was, and replaces it by the next", async () => {
    const root = temporaryFolder();
    const store = new IndexStore(root, vectraStorage);
    expect(await store.manifest()).toBeUndefined();
    const first = await store.publish(draft("First"));
    expect(await store.manifest()).toEqual(first);
    const loaded = await store.load(first);
    expect(loaded.catalog.stored()).toEqual(draft("First").papers);
    const items: VectorItem[] = [];
    for await (const { item } of loaded.vectors.all()) items.push(item);
    expect(items).toEqual(itemsFor(4));
    expect(String(await loaded.readFile("extra.bin"))).toBe("kept with it");
    expect(await loaded.readFile("../manifest.json")).toBeUndefined();
    const second = await store.publish(draft("Second"));
    expect(second.generation).not.toBe(first.generation);
    expect(generations(root)).toEqual([second.generation]);
    expect((await store.load(second)).catalog.all()[0]?.title).toBe("Second");
  });

  it("keeps the live generation when the next cannot be written, and leaves nothing half done", async () => {
    const root = temporaryFolder();
    const live = await new IndexStore(root, vectraStorage).publish(draft("Live"));
    const full: VectorStorage = {
      ...vectraStorage,
      write: async (folder) => {
        writeFileSync(path.join(folder, "index.pb"), "half");
        throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
      },
    };
    await expect(new IndexStore(root, full).publish(draft("Next"))).rejects.toThrow("the disk is full");
    expect(generations(root)).toEqual([live.generation]);
    const store = new IndexStore(root, vectraStorage);
    expect((await store.load(live)).catalog.all()[0]?.title).toBe("Live");
  });

  it("keeps the live generation when it may not publish any more", async () => {
    const root = temporaryFolder();
    const store = new IndexStore(root, vectraStorage);
    const live = await store.publish(draft("Live"));
    const robbed = store.publish(draft("Next"), () => Promise.reject(new Error("the lock is gone")));
    await expect(robbed).rejects.toThrow("the lock is gone");
    expect(generations(root)).toEqual([live.generation]);
    expect(await store.manifest()).toEqual(live);
  });

  it("salvages the papers whose text is intact, by whatever is left", async () => {
    const root = temporaryFolder();
    const store = new IndexStore(root, vectraStorage);
    expect(await store.salvage()).toEqual({ papers: [], lost: 0 });
    const papers = ["One", "Two", "Three"].map((title) =>
      makePaper({ title, abstract: `${title} sentence.` }),
    );
    const { generation } = await store.publish({ ...draft("x"), papers });
    const file = path.join(root, "index", generation, "papers.jsonl");
    writeFileSync(
      file,
      readFileSync(file, "utf8")
        .replace("Two sentence", "Twu sentence")
        .replace(/\}\s*$/, ""),
    );
    writeFileSync(path.join(root, "manifest.json"), "{");
    expect(await store.salvage()).toEqual({ papers: papers.slice(0, 1), lost: 2 });
  });

  it.each(["index.pb", "papers.jsonl", "extra.bin"])(
    "names %s when it is missing, cut or changed by one bit",
    async (name) => {
      const root = temporaryFolder();
      const store = new IndexStore(root, vectraStorage);
      const manifest = await store.publish(draft("Title"));
      const file = path.join(root, "index", manifest.generation, name);
      const content = readFileSync(file);
      const flipped = Buffer.from(content);
      flipped[10] = (flipped[10] ?? 0) ^ 1;
      writeFileSync(file, flipped);
      await expect(store.load(manifest)).rejects.toThrow(
        `${file} is damaged, it has changed: run footnote ingest --rebuild`,
      );
      writeFileSync(file, content);
      appendFileSync(file, "x");
      await expect(store.load(manifest)).rejects.toThrow(
        `it has ${content.length + 1} bytes of ${content.length}`,
      );
      rmSync(file);
      await expect(store.load(manifest)).rejects.toThrow(`${file} is missing`);
    },
  );
});
