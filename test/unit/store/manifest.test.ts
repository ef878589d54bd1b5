import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import {
  checkManifest,
  type Manifest,
  readManifest,
  writeManifest,
} from "../../../src/store/index/manifest.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const manifest: Manifest = {
  formatVersion: 1,
  generation: "20260101-1",
  createdAt: "2026-01-01T00:00:00.000Z",
  embedding: { model: "a/b", fingerprint: "f", dimension: 256 },
  chunkerVersion: "c",
  corpusHash: "h",
  papers: 1,
  passages: 2,
  files: { "index.pb": { bytes: 3, sha256: "00" } },
};

describe("manifest", () => {
  it("comes back as it was written; absent, it is undefined", async () => {
    const root = temporaryFolder();
    expect(await readManifest(root)).toBeUndefined();
    await writeManifest(root, manifest);
    expect(await readManifest(root)).toEqual(manifest);
  });

  it.each(["", "{", "[]", '{"formatVersion":2}', JSON.stringify({ ...manifest, generation: "../../etc" })])(
    "is refused by name when it holds %j",
    async (text) => {
      const root = temporaryFolder();
      writeFileSync(path.join(root, "manifest.json"), text);
      await expect(readManifest(root)).rejects.toThrow(
        /manifest\.json is not a manifest.*run footnote ingest --rebuild/,
      );
    },
  );

  it("is refused when any one of its bits is not what was written", async () => {
    const root = temporaryFolder();
    const file = path.join(root, "manifest.json");
    await writeManifest(root, manifest);
    const written = readFileSync(file);
    const unnoticed: string[] = [];
    for (let at = 0; at < written.length; at++) {
      const flipped = Buffer.from(written);
      flipped[at] = (flipped[at] ?? 0) ^ 1;
      writeFileSync(file, flipped);
      const found = await readManifest(root).catch((error) => {
        expect(error.message).toMatch(/manifest\.json is (damaged|not a manifest).*ingest --rebuild$/);
      });
      if (found !== undefined) expect(found).toEqual(manifest);
      if (found !== undefined) unnoticed.push(written.toString("utf8", at - 3, at + 3));
    }
    // What changes nothing: white space at the ends, and the name of the checksum.
    expect(unnoticed.length).toBeLessThanOrEqual("checksum".length + 2);
  });

  it("of an early version, without a checksum, is taken as it is", async () => {
    const root = temporaryFolder();
    writeFileSync(path.join(root, "manifest.json"), JSON.stringify(manifest));
    expect(await readManifest(root)).toEqual(manifest);
  });

  it("refuses another model with the difference and the command that fixes it", () => {
    const model = { model: "a/b", fingerprint: "f", dimension: 256 };
    expect(() => checkManifest(manifest, model)).not.toThrow();
    expect(() => checkManifest(manifest, { model: "x", fingerprint: "g", dimension: 384 })).toThrow(
      'EMBEDDING_MODEL "x" has 384 dimensions, the index has 256: run footnote ingest --rebuild',
    );
    expect(() => checkManifest(manifest, { model: "x", fingerprint: "g", dimension: 256 })).toThrow(
      'EMBEDDING_MODEL "x" is not the model of the index, "a/b"',
    );
    expect(() => checkManifest(manifest, { ...model, fingerprint: "g" })).toThrow(
      "other files, pooling or prefixes",
    );
  });
});
