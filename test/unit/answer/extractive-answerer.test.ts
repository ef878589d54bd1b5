import { describe, expect, it } from "vitest";
import type { AnswerPart, AnswerRequest, ComposedAnswer } from "../../../src/answer/answerer.ts";
import { isVerbatim } from "../../../src/answer/citations.ts";
import { ExtractiveAnswerer } from "../../../src/answer/extractive/extractive-answerer.ts";
import { makePaper } from "../../support/make-paper.ts";
import { realEmbedder } from "../../support/real-embedder.ts";

const PAPERS = [
  makePaper({
    title: "Pruning heads [draft]",
    abstract:
      "Transformers have many attention heads. We remove heads one by one on the WMT14 dataset. Accuracy drops by 0.4\\% only [1]. Inference is 2.3 times faster. Code is released. We thank everybody.",
  }).paper,
  makePaper({
    title: "Baking bread",
    abstract:
      "Flour and water are mixed. The dough rests. An oven is heated. The bread is baked. It is sliced.",
  }).paper,
];

function request(change: Partial<AnswerRequest> = {}): AnswerRequest {
  const standaloneQuestion = change.question ?? "How much does accuracy drop when heads are pruned?";
  return {
    messageId: "m",
    question: standaloneQuestion,
    standaloneQuestion,
    task: "question",
    confidence: "high",
    sources: PAPERS.map(({ abstract: _, ...paper }, at) => ({
      marker: at + 1,
      paper,
      score: 1.5 - at,
      passages: [],
    })),
    paper: (id) => PAPERS.find((paper) => paper.id === id) ?? never(id),
    corpusSize: 2,
    idf: () => 1,
    ...change,
  };
}

function never(id: string): never {
  throw new Error(`no paper ${id}`);
}

async function answer(
  change: Partial<AnswerRequest> = {},
): Promise<{ parts: AnswerPart[]; composed: ComposedAnswer }> {
  const stream = new ExtractiveAnswerer(await realEmbedder()).answer(request(change));
  const parts: AnswerPart[] = [];
  for (;;) {
    const next = await stream.next();
    if (next.done) return { parts, composed: next.value };
    parts.push(next.value);
  }
}

describe("ExtractiveAnswerer", () => {
  it("puts the sentence that answers first, under its paper's title, with its note", async () => {
    const { composed } = await answer();
    expect(composed.text).toMatch(
      /^\*\*Pruning heads \\\[draft\\\]\.\*\* Accuracy drops by 0\.4\\\\% only \\\[1\\\]\. \[1\]/,
    );
    expect(composed.citations[0]).toMatchObject({ marker: 1, quote: "Accuracy drops by 0.4\\% only [1]." });
  });

  it("streams what it returns, each note after the text that holds its marker", async () => {
    const { parts, composed } = await answer();
    let text = "";
    for (const part of parts) {
      if (part.type === "text") text += part.text;
      else expect(text.slice(part.citation.claim.end)).toBe(` [${part.citation.marker}]`);
    }
    expect(text).toBe(composed.text);
    expect(parts.filter(({ type }) => type === "text").length).toBeGreaterThan(1);
    expect(parts.flatMap((part) => (part.type === "citation" ? [part.citation] : []))).toEqual(
      composed.citations,
    );
  });

  it("has a citation for every marker, whose quote holds and whose claim is its sentence", async () => {
    for (const confidence of ["high", "tentative"] as const) {
      const { composed } = await answer({ confidence });
      const markers = [...composed.text.matchAll(/(?<!\\)\[(\d+)\]/g)].map(([, marker]) => Number(marker));
      expect(markers).toEqual(composed.citations.map(({ marker }) => marker));
      for (const citation of composed.citations) {
        expect(PAPERS.some((paper) => isVerbatim(citation, paper))).toBe(true);
        expect(composed.text.slice(citation.claim.start, citation.claim.end).replace(/\\(.)/g, "$1")).toBe(
          citation.quote,
        );
      }
      expect(new Set(composed.citations.map(({ id }) => id)).size).toBe(composed.citations.length);
    }
  });

  it("answers with 2 to 4 sentences, none twice", async () => {
    const { citations } = (await answer()).composed;
    expect(citations.length).toBeGreaterThanOrEqual(2);
    expect(citations.length).toBeLessThanOrEqual(4);
    expect(new Set(citations.map(({ quote }) => quote)).size).toBe(citations.length);
  });

  it("says so when nothing answers directly, and quotes one sentence of each of the nearest papers", async () => {
    const { composed } = await answer({ confidence: "tentative" });
    expect(composed.text).toMatch(/^No paper here answers this directly\. The closest say:\n\n\*\*Pruning/);
    expect(composed.citations.map(({ marker }) => marker)).toEqual([1, 2]);
  });

  it("abstains without a note, offering the nearest titles", async () => {
    const { composed } = await answer({ confidence: "none" });
    expect(composed).toMatchObject({ citations: [], confidence: "none" });
    expect(composed.text).toBe(
      "None of the 2 papers here answers this. The nearest are:\n\n- Pruning heads \\[draft\\]\n- Baking bread",
    );
    expect((await answer({ confidence: "none", sources: [] })).composed.text).toBe(
      "None of the 2 papers here answers this.",
    );
  });

  it("replies to small talk whatever was retrieved", async () => {
    const { composed } = await answer({ question: "hello!" });
    expect(composed).toMatchObject({ confidence: "none", citations: [] });
    expect(composed.text).toMatch(/^Hello\./);
  });

  it("sums up one paper in its own order", async () => {
    const { citations } = (await answer({ task: "summary", sources: request().sources.slice(0, 1) }))
      .composed;
    expect(citations).toHaveLength(4);
    const starts = citations.map(({ start }) => start);
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
    expect(citations[0]?.quote).toBe("Transformers have many attention heads.");
  });

  it("abstains when the sources hold no sentence", async () => {
    const empty = makePaper({ title: "Nothing", abstract: "   " }).paper;
    const { abstract: _, ...paper } = empty;
    const { composed } = await answer({
      sources: [{ marker: 1, paper, score: 1, passages: [] }],
      paper: () => empty,
    });
    expect(composed).toMatchObject({ citations: [], confidence: "none" });
  });

  it("stops when aborted and returns what it has streamed", async () => {
    const stopping = new AbortController();
    const stream = new ExtractiveAnswerer(await realEmbedder()).answer(request({ signal: stopping.signal }));
    const first = await stream.next();
    await stream.next();
    stopping.abort();
    const end = await stream.next();
    expect(end.done).toBe(true);
    expect((end.value as ComposedAnswer).text).toBe(
      first.done ? "" : first.value.type === "text" && first.value.text,
    );
    expect((end.value as ComposedAnswer).citations).toHaveLength(1);
  });
});
