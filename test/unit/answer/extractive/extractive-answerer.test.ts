import { describe, expect, it } from "vitest";
import type { AnswerPart, AnswerRequest, ComposedAnswer } from "../../../../src/answer/answerer.ts";
import { isVerbatim } from "../../../../src/answer/citations.ts";
import { ExtractiveAnswerer } from "../../../../src/answer/extractive/extractive-answerer.ts";
import type { Paper, Source } from "../../../../src/protocol.ts";
import { makePaper } from "../../../support/make-paper.ts";
import { realEmbedder } from "../../../support/real-embedder.ts";

const PAPERS = [
  makePaper({
    title: "PruNet [draft]: Removing heads",
    abstract:
      "Transformers have many attention heads. However, it is unclear which heads are needed. We propose PruNet, which removes heads one by one on the WMT14 dataset. Moreover, it is differentiable. Our results show that accuracy drops by 0.4\\% only [1]. Inference is 2.3 times faster. Code is available at https://example.org.",
  }).paper,
  makePaper({
    title: "QuaNet: Fewer bits",
    abstract:
      "Weights take much memory. We introduce QuaNet, a method for weights of $|w| < 4$ bits. We show that memory drops by half.",
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
    sources: sourcesOf(PAPERS),
    paper: (id) => PAPERS.find((paper) => paper.id === id) ?? never(id),
    corpusSize: 2,
    papersAsked: 2,
    idf: () => 1,
    ...change,
  };
}

function sourcesOf(papers: readonly Paper[]): Source[] {
  return papers.map(({ abstract: _, ...paper }, at) => ({
    marker: at + 1,
    paper,
    score: 1.5 - at / 10,
    passages: [],
  }));
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

const plain = (markdown: string) => markdown.replace(/\*\*|\\(?=[^\p{L}])/gu, "");

describe("ExtractiveAnswerer", () => {
  it("puts the sentence that answers first, its words in bold, under its paper's title, with its note", async () => {
    const { composed } = await answer();
    expect(composed.text).toMatch(
      /^\*\*PruNet \\\[draft\\\]: Removing heads\.\*\* Our results show that accuracy drops by \*\*0\.4\\\\%\*\* only \\\[1\\\]\. \[1\]/,
    );
    expect(composed.citations[0]).toMatchObject({
      marker: 1,
      quote: "Our results show that accuracy drops by 0.4\\% only [1].",
    });
  });

  it.each([
    ["How much does accuracy drop when heads are pruned?", "high"],
    ["Summarise PruNet in two sentences", "high"],
    ["Which papers make networks smaller?", "tentative"],
    ["Compare PruNet with QuaNet", "high"],
  ] as const)(
    "%s: streams what it returns, each note behind its marker, each quote once",
    async (question, confidence) => {
      const { parts, composed } = await answer({ question, confidence });
      let text = "";
      for (const part of parts) {
        if (part.type === "text") text += part.text;
        else expect(text.slice(part.citation.claim.end)).toBe(` [${part.citation.marker}]`);
      }
      expect(text).toBe(composed.text);
      const { citations } = composed;
      expect(parts.flatMap((part) => (part.type === "citation" ? [part.citation] : []))).toEqual(citations);
      const markers = [...text.matchAll(/(?<!\\)\[(\d+)\]/g)].map(([, marker]) => Number(marker));
      expect(markers).toEqual(citations.map(({ marker }) => marker));
      expect(citations.length).toBeGreaterThan(1);
      for (const { claim, quote } of citations) {
        const shown = plain(text.slice(claim.start, claim.end)).replaceAll("\\vert ", "|");
        expect(shown.toLowerCase()).toBe(plain(quote).toLowerCase());
      }
      expect(citations.every((citation) => PAPERS.some((paper) => isVerbatim(citation, paper)))).toBe(true);
      expect(new Set(citations.map(({ quote }) => quote)).size).toBe(citations.length);
      expect(new Set(citations.map(({ id }) => id)).size).toBe(citations.length);
    },
  );

  it("answers with at most three sentences, none of which points at one that is not there", async () => {
    const { citations } = (await answer({ question: "Is PruNet differentiable?" })).composed;
    expect(citations[0]?.quote).toBe(
      "We propose PruNet, which removes heads one by one on the WMT14 dataset. Moreover, it is differentiable.",
    );
    expect(citations.length).toBeLessThanOrEqual(2);
  });

  it("quotes the paper that is named after what is asked, and the sentence that defines it", async () => {
    const papers = [
      makePaper({
        title: "Echo States in Recurrent Nets",
        abstract:
          "Recurrent nets are slow to train. We study how they remember. They keep a fading trace of their inputs, which we call an echo state. Results hold for many nets.",
      }).paper,
      makePaper({
        title: "Fast Softmax",
        abstract: "We speed up softmax, and compare it with an echo state in a table of results.",
      }).paper,
    ];
    const { composed } = await answer({
      question: "What is an echo state?",
      sources: sourcesOf(papers),
      paper: (id) => papers.find((paper) => paper.id === id) ?? never(id),
    });
    expect(composed.citations[0]?.quote).toMatch(/which we call an echo state\.$/);
  });

  it("says how a method works by what was made", async () => {
    const first = async (question: string) =>
      (await answer({ question, confidence: "tentative" })).composed.citations[0]?.quote;
    expect(await first("How does QuaNet work?")).toMatch(/^We introduce QuaNet/);
    expect(await first("How does PruNet go on?")).toMatch(/^We propose PruNet/);
  });

  it("adds nothing to a fact that one sentence states by far best", async () => {
    const quotes = async (question: string) =>
      (await answer({ question })).composed.citations.map(({ quote }) => quote);
    expect(await quotes("Which dataset does PruNet remove heads on, one by one?")).toHaveLength(1);
    expect((await quotes("How does PruNet remove heads one by one?")).length).toBeGreaterThan(1);
  });

  it("says so when nothing answers directly, and quotes one sentence of each of the nearest papers", async () => {
    const { composed } = await answer({ question: "Do bigger nets learn sooner?", confidence: "tentative" });
    expect(composed.text).toMatch(/^No paper here answers this directly\. The closest say:\n\n- \*\*PruNet/);
    expect(composed.text).toMatch(/\n- \*\*QuaNet/);
    expect(composed.citations.map(({ marker }) => marker)).toEqual([1, 2]);
  });

  it("lists papers a line each, and tells of those that it leaves out", async () => {
    const things = "rivers poems molecules galaxies contracts bridges melodies vaccines verbs".split(" ");
    const many = things.map(
      (thing) => makePaper({ title: `On ${thing}`, abstract: `We use nets for ${thing}.` }).paper,
    );
    const { composed } = await answer({
      question: "Which papers use nets?",
      sources: sourcesOf(many),
      paper: (id) => many.find((paper) => paper.id === id) ?? never(id),
    });
    const lines = composed.text.split("\n").filter((line) => line.startsWith("- "));
    expect(composed.citations.map(({ marker }) => marker)).toEqual(lines.map((_, at) => at + 1));
    expect(composed.text).toMatch(new RegExp(`\n\n… and ${9 - lines.length} more among the sources\\.$`));
  });

  it("leaves out papers far behind the best, but no named one, and keeps to a number that is wished for", async () => {
    const far = sourcesOf(PAPERS).map((source, at) => ({ ...source, score: 1.5 / (1 + 9 * at) }));
    const cited = async (question: string, confidence: "high" | "tentative") =>
      (await answer({ question, confidence, sources: far })).composed.citations.map(({ marker }) => marker);
    expect(await cited("Do bigger nets learn sooner?", "tentative")).toEqual([1]);
    expect(await cited("Which papers remove attention heads?", "high")).toEqual([1]);
    expect(await cited("Which papers remove attention heads? In two lines", "high")).toEqual([1, 2]);
    expect(await cited("What accuracy do PruNet and QuaNet reach?", "high")).toEqual([1, 2]);
  });

  it("says that the abstract does not state it, and what it does say", async () => {
    const { composed } = await answer({
      question: "Which optimiser does QuaNet use?",
      confidence: "tentative",
      lacking: true,
    });
    expect(composed.text).toMatch(
      /^The abstract of \*QuaNet: Fewer bits\* does not state that\. It does say:\n\n/,
    );
    expect(new Set(composed.citations.map(({ marker }) => marker))).toEqual(new Set([2]));
  });

  it("sets two papers side by side, a bar in a formula ending no cell", async () => {
    const { composed } = await answer({ question: "Compare PruNet with QuaNet" });
    const rows = composed.text.split("\n");
    expect(rows[0]).toBe("| | **PruNet \\[draft\\]: Removing heads** | **QuaNet: Fewer bits** |");
    expect(rows.slice(2).map((row) => /^\| \*\*(\w+)/.exec(row)?.[1])).toEqual([
      "Problem",
      "Approach",
      "Findings",
      "Links",
    ]);
    expect(rows.map((row) => row.match(/(?<!\\)\|/g)?.length)).toEqual(rows.map(() => 4));
    expect(rows.at(-1)).toMatch(/ \| – \|$/);
  });

  it("has a row on the question only where a paper speaks of it", async () => {
    const row = async (question: string) =>
      /\| \*\*On the question\*\* \| (.*)/.exec((await answer({ question })).composed.text)?.[1];
    expect(await row("Compare PruNet with QuaNet on memory")).toMatch(/\| We show that memory drops/);
    expect(await row("Compare PruNet with QuaNet on medieval poetry")).toBeUndefined();
  });

  it("abstains without a note, offering the nearest titles", async () => {
    const { composed } = await answer({ confidence: "none" });
    expect(composed).toMatchObject({ citations: [], confidence: "none" });
    expect(composed.text).toBe(
      "None of the 2 papers here answers this. The nearest are:\n\n- PruNet \\[draft\\]: Removing heads\n- QuaNet: Fewer bits",
    );
    expect((await answer({ confidence: "none", sources: [] })).composed.text).toBe(
      "None of the 2 papers here answers this.",
    );
  });

  it.each([
    [2, 3, /^None of the 2 papers asked answers this\. The nearest are:/],
    [1, 3, /^The one paper asked does not answer this\.$/],
    [1, 1, /^The one paper here does not answer this\.$/],
    [0, 3, /^There was no paper to ask\.$/],
  ])("counts those it was put to: %d of %d", async (papersAsked, corpusSize, says) => {
    const { composed } = await answer({ confidence: "none", papersAsked, corpusSize });
    expect(composed.text).toMatch(says);
  });

  it("replies to small talk whatever was retrieved", async () => {
    const { composed } = await answer({ question: "hello!" });
    expect(composed).toMatchObject({ confidence: "none", citations: [] });
    expect(composed.text).toMatch(/^Hello\./);
  });

  it("sums up one paper by what its sentences do", async () => {
    const { composed } = await answer({ task: "summary", sources: request().sources.slice(0, 1) });
    const labels = [...composed.text.matchAll(/^- \*\*(\w+):\*\*/gm)].map(([, label]) => label);
    expect(labels).toEqual(["Problem", "Approach", "Findings", "Links"]);
    expect(composed.citations[0]?.quote).toBe("it is unclear which heads are needed.");
    expect(composed.text).toContain("- **Problem:** It is unclear");
  });

  it("keeps to the form that is wished for", async () => {
    const bullets = (await answer({ question: "PruNet in 3 bullets" })).composed;
    expect(bullets.text.match(/^- /gm)).toHaveLength(3);
    const sentence = (await answer({ question: "Summarise QuaNet in one sentence" })).composed;
    expect(sentence.citations.map(({ quote }) => quote)).toEqual([
      "We introduce QuaNet, a method for weights of $|w| < 4$ bits.",
    ]);
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
