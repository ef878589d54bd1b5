import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bodyPassages, excerptOf, originOf, placeInBody, readParts } from "../../../src/corpus/excerpt.ts";
import { ReadPaper, readPaper } from "../../../src/corpus/read-paper.ts";
import { makePaper } from "../../support/make-paper.ts";

const sentence = (at: number) => `Sentence number ${at} says something of its own.`;
const sentences = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) => sentence(from + at)).join(" ");

const FIRST = sentences(0, 6);
const SECOND = sentences(6, 13);
const BODY = {
  text: `${FIRST}\n\n${SECOND}`,
  pages: [0, FIRST.length - 40, FIRST.length + 2],
  sections: [{ title: "2 Method", start: FIRST.length + 2 }],
};
const { paper } = makePaper({ title: "Walks", abstract: "We walk (briskly. It is short" });

describe("bodyPassages", () => {
  const passages = bodyPassages(BODY).map(({ start, end }) => BODY.text.slice(start, end));

  it("are whole sentences of one section, four at a time, and leave none out", () => {
    expect(passages[0]).toBe(sentences(0, 4));
    expect(passages.some((text) => text.includes(sentence(5)) && text.includes(sentence(6)))).toBe(false);
    for (let at = 0; at < 13; at++) expect(passages.some((text) => text.includes(sentence(at)))).toBe(true);
  });

  it("leave out tables", () => {
    const table = "12.3 45.6 78.9 10 ± 0.2 33.1. 1.2 4.4 0.9 8 ± 0.1 7.7.";
    expect(
      bodyPassages({ text: `${table}\n\n${FIRST}`, sections: [{ title: "A", start: table.length + 2 }] })[0]
        ?.start,
    ).toBe(table.length + 2);
  });
});

it("tells the page and the section of a place", () => {
  expect(placeInBody(BODY, 0)).toEqual({ page: 1 });
  expect(placeInBody(BODY, FIRST.length - 1)).toEqual({ page: 2 });
  expect(placeInBody(BODY, FIRST.length + 2)).toEqual({ page: 3, section: "2 Method" });
  expect(placeInBody({ text: "A.", sections: [] }, 1)).toEqual({});
});

describe("an excerpt", () => {
  const spans = bodyPassages(BODY).slice(1, 3).reverse();
  const excerpt = excerptOf(paper, BODY, spans);

  it("is read part by part, whatever stands at their ends", () => {
    const read = readPaper(excerpt).sentences.map(({ text }) => text);
    const parts = [paper.abstract, ...spans.map(({ start, end }) => BODY.text.slice(start, end))];
    expect(read).toEqual(
      parts.flatMap((abstract) => new ReadPaper({ title: "", abstract }).sentences.map(({ text }) => text)),
    );
  });

  it("leads each sentence back to where it stands", () => {
    for (const { start, end, text } of readPaper(excerpt).sentences) {
      const { field, ...origin } = originOf(excerpt, { start, end });
      const source = field === "body" ? BODY.text : paper.abstract;
      expect(source.slice(origin.start, origin.end)).toBe(text);
    }
    expect(originOf(excerpt, { start: 0, end: 7 })).toEqual({ field: "abstract", start: 0, end: 7 });
  });

  it("of a paper without an abstract is its body alone", () => {
    const bare = excerptOf({ ...paper, abstract: "" }, BODY, spans.slice(0, 1));
    expect(readParts(bare)).toHaveLength(1);
    expect(originOf(bare, { start: 0, end: 5 })).toMatchObject({ field: "body", start: spans[0]?.start });
  });

  it("keeps every span of a part, of any text", () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.array(fc.tuple(fc.nat(200), fc.nat(200)), { maxLength: 4 }),
        (abstract, pairs) => {
          const chosen = pairs.map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) }));
          const made = excerptOf({ ...paper, abstract }, BODY, chosen);
          for (const { start, end } of made.bodyParts) {
            const origin = originOf(made, { start, end });
            if (start < end)
              expect(BODY.text.slice(origin.start, origin.end)).toBe(made.abstract.slice(start, end));
          }
        },
      ),
    );
  });
});
