import { truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import { LocalIndex, ProtobufCodec } from "vectra";
import { describe, expect, it } from "vitest";
import { vectraStorage } from "../../../src/store/vectors/vectra-store.ts";
import { itemsFor, randomVectors } from "../../support/random-vectors.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

async function written(count: number, dimension: number): Promise<string> {
  const folder = temporaryFolder();
  await vectraStorage.write(folder, itemsFor(count), randomVectors(count, dimension));
  return folder;
}

describe("vectraStorage", () => {
  it("ranks exactly as Vectra's own queryItems on the same files", async () => {
    const folder = await written(1300, 64);
    const store = await vectraStorage.load(folder, 64);
    const vectra = new LocalIndex(folder, undefined, undefined, new ProtobufCodec());
    for (const query of randomVectors(20, 64, 99)) {
      const theirs = await vectra.queryItems(Array.from(query), "", 15);
      const ours = await store.search(query, { limit: 15 });
      expect(ours.map(({ item }) => item)).toEqual(theirs.map(({ item }) => item.metadata));
      for (const [at, { score }] of ours.entries()) expect(score).toBeCloseTo(theirs[at]?.score ?? 0, 5);
    }
  });

  it("names a file that is missing, truncated or of another dimension", async () => {
    await expect(vectraStorage.load(temporaryFolder(), 64)).rejects.toThrow(/index\.pb cannot be read/);
    const folder = await written(40, 64);
    await expect(vectraStorage.load(folder, 32)).rejects.toMatchObject({
      message: expect.stringMatching(/index\.pb/),
      cause: { message: expect.stringContaining("64 dimensions, the manifest says 32") },
    });
    truncateSync(path.join(folder, "index.pb"), 1000);
    await expect(vectraStorage.load(folder, 64)).rejects.toThrow(/index\.pb/);
  });

  it("names an item that another program has put there", async () => {
    const folder = temporaryFolder();
    const vector = [1, 0];
    const items = [{ id: "alien", metadata: { text: "?" }, vector, norm: 1 }];
    const data = { version: 1, metadata_config: {}, items };
    writeFileSync(path.join(folder, "index.pb"), new ProtobufCodec().serializeIndex(data));
    await expect(vectraStorage.load(folder, 2)).rejects.toMatchObject({
      message: expect.stringMatching(/index\.pb cannot be read/),
      cause: { message: 'item "alien" is not one that Footnote wrote' },
    });
  });
});
