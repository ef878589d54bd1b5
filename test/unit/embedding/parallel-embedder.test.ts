import { describe, expect, it, onTestFinished } from "vitest";
import { ParallelEmbedder } from "../../../src/embedding/parallel-embedder.ts";
import { BUNDLED, realEmbedder } from "../../support/real-embedder.ts";

const TEXTS = Array.from(
  { length: 41 },
  (_, at) => `sentence ${at} about attention ${"and more ".repeat(at % 7)}`,
);

async function open(options = BUNDLED): Promise<ParallelEmbedder> {
  const embedder = new ParallelEmbedder(await realEmbedder(), options, 2);
  onTestFinished(() => embedder.close());
  return embedder;
}

describe("ParallelEmbedder", () => {
  it("gives the vectors that one thread gives, in order, batch after batch", async () => {
    const parallel = await open();
    const single = await (await realEmbedder()).embed(TEXTS, "passage");
    for (let round = 0; round < 2; round++) {
      const vectors = await parallel.embed(TEXTS, "passage");
      expect(vectors).toHaveLength(TEXTS.length);
      for (const [at, vector] of vectors.entries()) {
        const difference = vector.map((value, i) => Math.abs(value - (single[at]?.[i] ?? 0)));
        expect(Math.max(...difference)).toBeLessThan(1e-6);
      }
    }
    expect(parallel.fingerprint).toBe((await realEmbedder()).fingerprint);
  });

  it("takes nothing, and fewer texts than threads", async () => {
    const parallel = await open();
    expect(await parallel.embed([], "passage")).toEqual([]);
    expect(await parallel.embed(["one"], "query")).toHaveLength(1);
  });

  it("says when a worker could not load the model, instead of waiting for ever", async () => {
    const broken = await open({ ...BUNDLED, model: "not/there" });
    await expect(broken.embed(TEXTS, "passage")).rejects.toThrow();
  });

  it("stops when aborted", async () => {
    const parallel = await open();
    const stopping = new AbortController();
    const embedding = parallel.embed(TEXTS, "passage", stopping.signal);
    stopping.abort();
    await expect(embedding).rejects.toThrow(/abort/i);
  });
});
