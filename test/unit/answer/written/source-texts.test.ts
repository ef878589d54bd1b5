import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sourceTexts } from "../../../../src/answer/written/answer-messages.ts";
import type { Paper, Source } from "../../../../src/protocol.ts";
import { splitSentences } from "../../../../src/text/sentences.ts";
import { estimateTokens } from "../../../../src/util/strings.ts";
import { makePaper } from "../../../support/make-paper.ts";
import { readSeeds } from "../../corpus/seeds.ts";

const papers = (await readSeeds()).slice(0, 30).map((record) => makePaper(record).paper);

function sourceOf(paper: Paper, at: number, passages: Source["passages"] = []): Source {
  const { abstract: _, ...rest } = paper;
  return { marker: at + 1, paper: rest, score: 1, passages };
}

const find = (id: string): Paper => {
  const paper = papers.find((one) => one.id === id);
  if (paper === undefined) throw new Error(id);
  return paper;
};
const sentencesOf = ({ abstract }: Paper): string[] =>
  splitSentences(abstract).map(({ start, end }) => abstract.slice(start, end));

describe("sourceTexts", () => {
  it("gives whole abstracts where there is room", () => {
    const sources = papers.slice(0, 5).map((paper, at) => sourceOf(paper, at));
    const texts = sourceTexts(sources, find, 1_000_000);
    expect([...texts.values()]).toEqual(papers.slice(0, 5).map((paper) => sentencesOf(paper).join(" ")));
  });

  it("stays within any budget, and never cuts inside a sentence", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 6000 }), fc.integer({ min: 1, max: 12 }), (budget, count) => {
        const sources = papers.slice(0, count).map((paper, at) => sourceOf(paper, at));
        const texts = sourceTexts(sources, find, budget);
        const used = [...texts].reduce((sum, [, text]) => sum + estimateTokens(text), 0);
        expect(used).toBeLessThanOrEqual(budget);
        for (const [marker, text] of texts) {
          let rest = text;
          for (const sentence of sentencesOf(papers[marker - 1]!)) rest = rest.replace(sentence, "");
          expect(rest.replace(/[…\s]/g, "")).toBe("");
        }
      }),
    );
  });

  it("takes each source's best passages before the rest of any", () => {
    const sources = papers.slice(0, 4).map((paper, at) => {
      const last = splitSentences(paper.abstract).at(-1)!;
      const text = paper.abstract.slice(last.start, last.end);
      return sourceOf(paper, at, [{ field: "abstract", text, ...last }]);
    });
    const texts = sourceTexts(sources, find, 4 * 160);
    expect([...texts.keys()]).toEqual([1, 2, 3, 4]);
    for (const [marker, text] of texts) expect(text).toContain(sources[marker - 1]?.passages[0]?.text);
  });
});
