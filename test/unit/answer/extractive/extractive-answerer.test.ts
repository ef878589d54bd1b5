import { describe, expect, it } from "vitest";
import type { ComposedAnswer } from "../../../../src/answer/answerer.ts";
import { isVerbatim } from "../../../../src/answer/citations.ts";
import { ExtractiveAnswerer } from "../../../../src/answer/extractive/extractive-answerer.ts";
import { answer, never, PAPERS, request, sourcesOf } from "../../../support/ask-extractive.ts";
import { makePaper } from "../../../support/make-paper.ts";
import { realEmbedder } from "../../../support/real-embedder.ts";

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

  it.each(["none", "tentative"] as const)(
    "tells who asks in another language so, in theirs: %s",
    async (confidence) => {
      const told = "Die Abstracts hier sind auf Englisch.";
      const german = await answer({ question: "Warum ist das Modell nicht so genau?", confidence });
      expect(german.composed.text.startsWith(told)).toBe(true);
      expect(german.composed.citations.length > 0).toBe(confidence === "tentative");
      const sure = await answer({ question: "Warum ist das Modell nicht so genau?", confidence: "high" });
      expect(sure.composed.text).not.toContain(told);
    },
  );

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
        else if (part.type === "citation")
          expect(text.slice(part.citation.claim.end)).toBe(` [${part.citation.marker}]`);
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

  it("takes in what the middle of a sentence points at, and the sentence that a name is given to", async () => {
    const abstract =
      "Nets are widely used. A few units fire a thousand times harder than all others. We call them loud units. They stay the same for every input.";
    const papers = [makePaper({ title: "Quiet and Loud", abstract }).paper];
    const { composed } = await answer({
      question: "What are loud units?",
      sources: sourcesOf(papers),
      paper: () => papers[0] ?? never("first"),
    });
    expect(composed.citations[0]?.quote).toBe(
      "A few units fire a thousand times harder than all others. We call them loud units.",
    );
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

  it("lists papers a line each, most relevant first", async () => {
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
    expect(lines.length).toBeLessThan(9);
    expect(composed.sources?.map(({ marker }) => marker)).toEqual(many.map((_, at) => at + 1));
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

  it("heads a column with the name that the question has for its paper, where its title does not begin with it", async () => {
    const papers = [
      makePaper({
        title: "Train short, test long",
        abstract: "We introduce linear biases for attention. We propose ALiBi, which adds no embeddings.",
      }).paper,
      makePaper({ title: "QuaNet: Fewer bits", abstract: "We propose QuaNet, which stores fewer bits." })
        .paper,
    ];
    const paper = (id: string) => papers.find((one) => one.id === id) ?? never(id);
    const head = async (question: string) =>
      (await answer({ question, paper, sources: sourcesOf(papers) })).composed.text.split("\n")[0];
    expect(await head("Compare ALiBi with QuaNet")).toBe(
      "| | **ALiBi** · Train short, test long | **QuaNet: Fewer bits** |",
    );
  });

  it("has a row on the question only where a paper speaks of it", async () => {
    const row = async (question: string) =>
      /\| \*\*On the question\*\* \| (.*)/.exec((await answer({ question })).composed.text)?.[1];
    expect(await row("Compare PruNet with QuaNet on memory")).toMatch(/\| We show that memory drops/);
    expect(await row("Compare PruNet with QuaNet on medieval poetry")).toBeUndefined();
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
    expect((await stream.next()).value).toMatchObject({ type: "sources" });
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
