import { cpSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pipeline } from "@xenova/transformers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { TransformersEmbedder } from "../../../src/embedding/transformers-embedder.ts";
import { growth } from "../../support/growth.ts";
import { BUNDLED, MODELS_FOLDER, realEmbedder } from "../../support/real-embedder.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const TEXTS = [
  "Attention is all you need.",
  "A recipe for a vegan lasagne",
  "self-attention in transformers",
  "x",
];

afterEach(() => vi.restoreAllMocks());

describe("TransformersEmbedder", () => {
  it("gives one unit vector a text, the same alone as in a batch", async () => {
    const embedder = await realEmbedder();
    const together = await embedder.embed(TEXTS, "passage");
    expect(together).toHaveLength(TEXTS.length);
    for (const [at, text] of TEXTS.entries()) {
      const [alone] = await embedder.embed([text], "passage");
      expect(together[at]).toHaveLength(256);
      expect(Math.hypot(...(together[at] ?? []))).toBeCloseTo(1, 5);
      expect(maxDifference(together[at], alone)).toBeLessThan(1e-6);
    }
  });

  it("takes no longer over marks than over letters", async () => {
    const embedder = await realEmbedder();
    const marks = async (size: number) => void (await embedder.embed(["\u0301\u0316".repeat(size)], "query"));
    expect(await growth(marks, 20_000)).toBeLessThan(2.5);
  });

  it("pools as the library's own pipeline does, to 1e-6", async () => {
    const embedder = await realEmbedder();
    const extract = await pipeline("feature-extraction", BUNDLED.model, { quantized: true });
    for (const text of TEXTS) {
      const [own] = await embedder.embed([text], "passage");
      const reference = await extract(text, { pooling: "mean", normalize: true });
      expect(maxDifference(own, reference.data as Float32Array)).toBeLessThan(1e-6);
    }
  });

  it("puts what is alike near each other", async () => {
    const [attention, lasagne, self] = await (await realEmbedder()).embed(TEXTS, "passage");
    expect(cosine(attention, self)).toBeGreaterThan(cosine(attention, lasagne) + 0.2);
  });

  it("gives the zero vector for a text without a word", async () => {
    const vectors = await (await realEmbedder()).embed(["", "  \n", "\u0000", "。"], "query");
    expect(vectors.map((vector) => Math.hypot(...vector))).toEqual([0, 0, 0, 0]);
  });

  it("takes a text far over the model's length", async () => {
    const [vector] = await (await realEmbedder()).embed(["transformer ".repeat(20_000)], "passage");
    expect(Math.hypot(...(vector ?? []))).toBeCloseTo(1, 5);
  });

  it("stops between two batches when aborted", async () => {
    const texts = Array.from({ length: 100 }, (_, at) => `text ${at}`);
    const embedding = (await realEmbedder()).embed(texts, "passage", AbortSignal.abort());
    await expect(embedding).rejects.toThrow(/abort/i);
  });

  it("puts the prefixes before queries and passages, and into the fingerprint", async () => {
    const plain = await realEmbedder();
    const prefixed = await TransformersEmbedder.load({
      ...BUNDLED,
      queryPrefix: "query: ",
      passagePrefix: "passage: ",
    });
    expect(await prefixed.embed(["attention"], "query")).toEqual(
      await plain.embed(["query: attention"], "query"),
    );
    expect(await prefixed.embed(["attention"], "passage")).toEqual(
      await plain.embed(["passage: attention"], "query"),
    );
    expect(prefixed.fingerprint).not.toBe(plain.fingerprint);
  });

  it("takes the first token's vector when pooling is cls", async () => {
    const cls = await TransformersEmbedder.load({ ...BUNDLED, pooling: "cls" });
    const [whole] = await cls.embed(["attention heads"], "query");
    const [first] = await cls.embed(["attention"], "query");
    expect(maxDifference(whole, first)).toBeLessThan(1e-6);
  });

  it("names the folder and both ways to get a model that is missing, and asks nobody for it", async () => {
    const fetched = vi.spyOn(globalThis, "fetch");
    const loading = TransformersEmbedder.load({ ...BUNDLED, model: "Xenova/all-MiniLM-L6-v2" });
    await expect(loading).rejects.toThrow(
      `${path.join(MODELS_FOLDER, "Xenova/all-MiniLM-L6-v2")} does not exist. Either put the model's files there`,
    );
    await expect(loading).rejects.toThrow("EMBEDDING_ALLOW_DOWNLOAD=true");
    expect(fetched).not.toHaveBeenCalled();
  });

  it("fetches a missing model only when that is allowed", async () => {
    const fetched = vi.spyOn(globalThis, "fetch").mockRejectedValue(new TypeError("no network in tests"));
    const loading = TransformersEmbedder.load({ ...BUNDLED, model: "Xenova/absent", allowDownload: true });
    await expect(loading).rejects.toThrow('EMBEDDING_MODEL "Xenova/absent" cannot be loaded');
    expect(String(fetched.mock.calls[0]?.[0])).toContain("Xenova/absent");
  });

  it("names what a model's folder lacks", async () => {
    const folder = temporaryFolder();
    cpSync(path.join(MODELS_FOLDER, BUNDLED.model), path.join(folder, "half"), { recursive: true });
    rmSync(path.join(folder, "half/tokenizer.json"));
    const loading = TransformersEmbedder.load({ ...BUNDLED, modelsFolder: folder, model: "half" });
    await expect(loading).rejects.toThrow(`${path.join(folder, "half")} lacks tokenizer.json`);
  });

  it("says which model is broken", async () => {
    const folder = temporaryFolder();
    cpSync(path.join(MODELS_FOLDER, BUNDLED.model), path.join(folder, "broken"), { recursive: true });
    writeFileSync(path.join(folder, "broken/tokenizer.json"), '{"version":');
    const loading = TransformersEmbedder.load({ ...BUNDLED, modelsFolder: folder, model: "broken" });
    await expect(loading).rejects.toThrow(`EMBEDDING_MODEL "broken" cannot be loaded from ${folder}/broken`);
  });
});

function maxDifference(a: Float32Array | undefined, b: Float32Array | undefined): number {
  expect(a?.length).toBe(b?.length);
  return Math.max(...Array.from(a ?? [], (value, i) => Math.abs(value - (b?.[i] ?? 0))));
}

function cosine(a: Float32Array | undefined, b: Float32Array | undefined): number {
  return Array.from(a ?? [], (value, i) => value * (b?.[i] ?? 0)).reduce((sum, value) => sum + value, 0);
}
