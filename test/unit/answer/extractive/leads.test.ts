import { describe, expect, it } from "vitest";
import { terms, UNKNOWN_TERM } from "../../../../src/text/terms.ts";
import { answer, never, PAPERS, request, sourcesOf } from "../../../support/ask-extractive.ts";
import { makePaper } from "../../../support/make-paper.ts";

describe("what is said around the quotations", () => {
  it("says quietly that an answer is less certain, and quotes one sentence of each of the nearest papers", async () => {
    const { composed } = await answer({ question: "Do bigger nets learn sooner?", confidence: "tentative" });
    expect(composed.text).toMatch(/^These passages bear on it:\n\n- \*\*PruNet/);
    expect(composed.text).toMatch(/\n- \*\*QuaNet/);
    expect(composed.citations.map(({ marker }) => marker)).toEqual([1, 2]);
    expect(composed).toMatchObject({ confidence: "tentative", shape: "list" });
    const papers = await answer({
      question: "Which papers make nets learn sooner?",
      confidence: "tentative",
    });
    expect(papers.composed.text).toMatch(/^These papers bear on it:\n\n- /);
  });

  it("speaks of the one paper that is asked, and names it once", async () => {
    const sources = sourcesOf(PAPERS.slice(1));
    const question = "Do bigger nets learn sooner?";
    const scoped = { question, sources, scopeSize: 1 };
    const { composed } = await answer({ ...scoped, confidence: "tentative" });
    expect(composed.text).toMatch(/^The abstract of \*QuaNet: Fewer bits\* says on this:\n\nWe /);
    expect(composed.text).not.toContain("**QuaNet");
    const none = await answer({ ...scoped, confidence: "none" });
    expect(none.composed.text).toBe(
      "I found nothing in the abstract of *QuaNet: Fewer bits* that says this.",
    );
  });

  it("says which word of a list no paper in it has, but not of what is asked in passing", async () => {
    const rare = new Set([...terms("oversmoothing exist heads"), UNKNOWN_TERM]);
    const idf = (term: string) => (rare.has(term) ? 6 : 1);
    const lead = async (question: string) => (await answer({ question, idf })).composed.text.split("\n")[0];
    expect(await lead("Which papers study oversmoothing in transformers?")).toBe(
      "None of these mentions “oversmoothing”. Closest to the rest:",
    );
    expect(await lead("Which methods exist for heads of transformers?")).toMatch(/^- /);
  });

  it("draws quotation marks and dashes, and leaves the quote and its offsets", async () => {
    const abstract = "We call a head that ``sinks'' a drain -- the first token feeds it. Drains are common.";
    const { paper } = makePaper({ title: "On drains", abstract });
    const { composed } = await answer({
      question: "Which head is a drain?",
      sources: sourcesOf([paper]),
      paper: () => paper,
    });
    const [{ claim, quote, start, end } = never("citation")] = composed.citations;
    expect(quote).toBe(abstract.slice(start, end));
    expect(quote).toContain("``sinks'' a drain --");
    const shown = composed.text.slice(claim.start, claim.end).replaceAll("**", "");
    expect(shown).toMatch(/^We call a head that “sinks” a drain – the first token feeds it\.$/);
  });

  it("numbers notes as a reader meets them, and its sources before the first word", async () => {
    const { parts, composed } = await answer({
      question: "Compare QuaNet with PruNet",
    });
    expect(composed.citations[0]?.title).toMatch(/^QuaNet/);
    const markers = composed.citations.map(({ marker }) => marker);
    expect([...new Set(markers)]).toEqual([1, 2]);
    expect(parts[0]).toEqual({ type: "sources", sources: composed.sources });
    const numbered = composed.sources?.map(({ marker, paper }) => [marker, paper.title]);
    expect(numbered).toEqual([
      [1, "QuaNet: Fewer bits"],
      [2, "PruNet [draft]: Removing heads"],
    ]);
    for (const { marker, title } of composed.citations) expect(numbered).toContainEqual([marker, title]);
    const alone = (await answer({ question: "Is QuaNet smaller?" })).composed;
    expect(alone.sources?.map(({ paper }) => paper.title)).toEqual(numbered?.map(([, title]) => title));
  });

  it("says that the abstract may not say it, and what comes closest", async () => {
    const { composed } = await answer({
      question: "Which optimiser does QuaNet use?",
      confidence: "tentative",
      lacking: true,
    });
    expect(composed.text).toMatch(
      /^The abstract of \*QuaNet: Fewer bits\* may not say this\. Closest:\n\n(?!\*\*QuaNet)/,
    );
    expect(new Set(composed.citations.map(({ title }) => title))).toEqual(new Set(["QuaNet: Fewer bits"]));
    expect(composed).toMatchObject({ notStated: true, shape: "direct" });
    expect(composed.nearest?.map(({ paper }) => paper.title)).toEqual(["PruNet [draft]: Removing heads"]);
  });

  it("abstains without a note, offering the nearest titles", async () => {
    const { composed } = await answer({ confidence: "none" });
    expect(composed).toMatchObject({ citations: [], confidence: "none", shape: "none" });
    expect(composed.text).toBe("I found no abstract that says this.");
    expect(composed.nearest).toEqual(request().sources);
    // What shares nothing with the question is not near it.
    const far = request().sources.map((source, at) => ({ ...source, score: 1 - at }));
    expect((await answer({ confidence: "none", sources: far })).composed.nearest).toEqual(far.slice(0, 1));
  });

  it.each([
    [3, 3, /^I found no abstract that says this\.$/],
    [2, 3, /^I found no abstract that says this among the 2 papers asked\.$/],
    [0, 3, /^No papers match this scope\.$/],
  ])("counts those it was put to: %d of %d", async (scopeSize, corpusSize, says) => {
    const { composed } = await answer({ confidence: "none", scopeSize, corpusSize });
    expect(composed.text).toMatch(says);
  });
});
