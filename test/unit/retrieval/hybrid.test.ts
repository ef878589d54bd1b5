import { beforeAll, describe, expect, it } from "vitest";
import { embedCorpus } from "../../../src/assistant/ingest/embed-corpus.ts";
import { PaperCatalog } from "../../../src/corpus/catalog.ts";
import { Question } from "../../../src/question/question.ts";
import { HybridRetriever } from "../../../src/retrieval/hybrid.ts";
import { LexicalIndex } from "../../../src/retrieval/lexical.ts";
import { PackedVectors } from "../../../src/store/vectors/packed-vectors.ts";
import { makePaper } from "../../support/make-paper.ts";
import { realEmbedder } from "../../support/real-embedder.ts";
import { thrownBy } from "../../support/thrown-by.ts";

const PAPERS = [
  makePaper({
    title: "Pruning attention heads",
    abstract: "We remove heads of transformers. Accuracy hardly drops. Inference is faster.",
    year: 2019,
    venue: "ACL",
    tags: ["nlp"],
  }),
  makePaper({
    title: "Baking sourdough bread",
    abstract: "Flour, water and salt are mixed. The dough rests overnight.",
    year: 2021,
    tags: ["food"],
    doi: "10.1/bread",
  }),
  makePaper(
    {
      title: "Word vectors",
      abstract: "Words are embedded by their neighbours. Analogies become arithmetic.",
      year: 2013,
    },
    "other.jsonl",
  ),
];
let retriever: HybridRetriever;

beforeAll(async () => {
  const embedder = await realEmbedder();
  const { items, vectors } = await embedCorpus(PAPERS, undefined, () => embedder);
  const packed = Float32Array.from(vectors.flatMap((vector) => Array.from(vector)));
  retriever = new HybridRetriever(
    new PaperCatalog(PAPERS),
    new PackedVectors(items, packed, embedder.dimension),
    await LexicalIndex.build(PAPERS.map(({ paper }) => paper)),
    embedder,
  );
});

const titles = async (request: Parameters<HybridRetriever["retrieve"]>[0]) =>
  (await retriever.retrieve(request)).map(
    ({ paperId }) => PAPERS.find(({ paper }) => paper.id === paperId)?.paper.title,
  );

describe("HybridRetriever", () => {
  it("finds the paper by meaning and by words, each paper once", async () => {
    expect((await titles({ question: new Question("a loaf from flour and yeast"), limit: 3 }))[0]).toBe(
      "Baking sourdough bread",
    );
    const all = await titles({ question: new Question("analogies between word embeddings"), limit: 10 });
    expect(all[0]).toBe("Word vectors");
    expect(new Set(all).size).toBe(3);
  });

  it("tells what each side added: the two make the score", async () => {
    for (const { score, why } of await retriever.retrieve({
      question: new Question("pruning heads"),
      limit: 3,
    })) {
      expect(score).toBeCloseTo(why.dense + why.lexical, 6);
    }
    const [best, last] = await retriever.retrieve({ question: new Question("pruning heads"), limit: 3 });
    expect(best?.why.lexical).toBeGreaterThan(last?.why.lexical ?? 0);
  });

  it("gives passages whose offsets lie in the abstract, nearest first", async () => {
    for (const { paperId, passages } of await retriever.retrieve({
      question: new Question("faster inference"),
      limit: 3,
    })) {
      const paper = PAPERS.find(({ paper: { id } }) => id === paperId)?.paper;
      expect(passages.length).toBeGreaterThan(0);
      const scores = passages.map(({ score }) => score);
      expect(scores).toEqual([...scores].sort((a, b) => b - a));
      for (const { start, end } of passages)
        expect(paper?.abstract.slice(start, end)).toHaveLength(end - start);
    }
  });

  it.each([
    [{ filter: { yearFrom: 2019 } }, ["Baking sourdough bread", "Pruning attention heads"]],
    [{ filter: { yearTo: 2013 } }, ["Word vectors"]],
    [{ filter: { venue: "acl" } }, ["Pruning attention heads"]],
    [{ filter: { tags: ["food"] } }, ["Baking sourdough bread"]],
    [{ filter: { tags: ["food", "nlp"] } }, []],
    [{ corpus: "other.jsonl" }, ["Word vectors"]],
    [{ paperIds: [PAPERS[1]?.paper.id ?? ""] }, ["Baking sourdough bread"]],
    [{ paperIds: [] }, []],
  ])("searches only %j", async (scope, expected) => {
    expect((await titles({ question: new Question("attention"), limit: 10, scope })).sort()).toEqual(
      expected,
    );
  });

  it("names what a scope does not find", async () => {
    const unknown = await thrownBy(() =>
      retriever.retrieve({ question: new Question("x"), limit: 1, scope: { paperIds: ["nope"] } }),
    );
    expect(unknown).toMatchObject({ code: "not_found", field: "scope.paperIds" });
    expect(unknown.message).toContain('"nope"');
    const corpus = await thrownBy(() =>
      retriever.retrieve({ question: new Question("x"), limit: 1, scope: { corpus: "mars" } }),
    );
    expect(corpus).toMatchObject({ code: "not_found", field: "scope.corpus" });
  });

  it("ranks all papers for a question without a known word", async () => {
    expect(await titles({ question: new Question("????"), limit: 10 })).toHaveLength(3);
  });

  it("stops when aborted", async () => {
    await expect(
      retriever.retrieve({ question: new Question("x"), limit: 1, signal: AbortSignal.abort() }),
    ).rejects.toThrow(/abort/i);
  });
});
