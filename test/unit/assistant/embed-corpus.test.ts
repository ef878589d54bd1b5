import { describe, expect, it } from "vitest";
import { embedCorpus } from "../../../src/assistant/ingest/embed-corpus.ts";
import { makePaper } from "../../support/make-paper.ts";
import { realEmbedder } from "../../support/real-embedder.ts";

const PAPERS = Array.from({ length: 300 }, (_, at) =>
  makePaper({ title: `Paper ${at}`, abstract: `Sentence one of ${at}. Two. Three. Four. Five.` }),
);

describe("embedCorpus", () => {
  it("gives each paper its own vector and those of its passages, in order", async () => {
    const embedder = await realEmbedder();
    const seen: number[] = [];
    const { items, vectors, embedded } = await embedCorpus(PAPERS, undefined, () => embedder, {
      onProgress: (done) => seen.push(done),
    });
    expect(embedded).toBe(300);
    expect(items).toHaveLength(900);
    expect(vectors).toHaveLength(900);
    expect(seen.at(-1)).toBe(300);
    for (const at of [0, 150, 299]) {
      const paper = PAPERS[at]?.paper;
      expect(items[at * 3]).toMatchObject({ paperId: paper?.id, kind: "paper", end: paper?.abstract.length });
      const [whole] = await embedder.embed([`${paper?.title} ${paper?.abstract}`], "passage");
      expect(vectors[at * 3]?.every((value, i) => Math.abs(value - (whole?.[i] ?? 0)) < 1e-6)).toBe(true);
    }
  });

  it("refuses more than the store holds, before anything is embedded", async () => {
    const asked: number[] = [];
    const embedder = await realEmbedder();
    const embedderFor = (papers: number) => {
      asked.push(papers);
      return embedder;
    };
    await expect(embedCorpus(PAPERS, undefined, embedderFor, { capacity: 899 })).rejects.toThrow(
      "300 papers make 900 vectors, and the store in files holds 899 at most",
    );
    expect(asked).toEqual([]);
  });
});
