import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isVerbatim, makeCitation } from "../../../src/answer/citations.ts";
import { makePaper } from "../../support/make-paper.ts";

const { paper } = makePaper({
  title: "Title",
  abstract: "First sentence. Second — with “quotes” and 𝒙.",
  url: "https://a.b/c",
});
const note = {
  id: "m-1",
  marker: 1,
  support: "strong",
  field: "abstract",
  claim: { start: 0, end: 15 },
} as const;
const citation = makeCitation({ ...note, quoted: { start: 16, end: paper.abstract.length } }, paper);

describe("makeCitation", () => {
  it("quotes the span and names the paper with its revision", () => {
    expect(citation).toMatchObject({
      quote: "Second — with “quotes” and 𝒙.",
      paperId: paper.id,
      paperRevision: paper.revision,
      title: "Title",
      url: "https://a.b/c",
      start: 16,
    });
  });

  it("holds for every span that is not empty", () => {
    const span = fc.tuple(fc.nat(paper.abstract.length), fc.nat(paper.abstract.length));
    fc.assert(
      fc.property(span, ([start, end]) => {
        const made = makeCitation({ ...note, quoted: { start, end } }, paper);
        expect(isVerbatim(made, paper)).toBe(start < end);
      }),
    );
  });
});

describe("isVerbatim", () => {
  it.each([
    ["another text", { quote: "Second sentence." }],
    ["one character less", { quote: citation.quote.slice(1) }],
    ["other offsets", { start: 15, end: paper.abstract.length - 1 }],
    ["an end past the text", { end: paper.abstract.length + 5 }],
    ["another field", { field: "title" as const }],
    ["another revision", { paperRevision: "0000" }],
    ["another paper", { paperId: "other" }],
    ["an empty quote", { quote: "", start: 3, end: 3 }],
  ])("does not let %s pass", (_, change) =>
    expect(isVerbatim({ ...citation, ...change }, paper)).toBe(false),
  );
});
