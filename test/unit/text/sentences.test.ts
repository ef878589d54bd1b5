import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitSentences } from "../../../src/text/sentences.ts";
import { growth } from "../../support/growth.ts";
import { readSeeds } from "../corpus/seeds.ts";

const sentencesOf = (text: string): string[] =>
  splitSentences(text).map(({ start, end }) => text.slice(start, end));

describe("splitting real sentences", () => {
  const cases = readFileSync("test/fixtures/corpus/sentences.txt", "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.replaceAll("⏎", "\n"));

  it.each(cases)("%s", (marked) => {
    const expected = marked.split("¦").map((part) => part.trim());
    expect(sentencesOf(marked.replaceAll("¦", ""))).toEqual(expected);
  });

  it("splits behind a bracket that closes too far away to be an aside", () => {
    const aside = "It is said at some length. ".repeat(10);
    expect(sentencesOf(`We (as they say. Not so. Indeed) go. So (${aside}) it is.`)).toHaveLength(11);
  });

  it("finds the hand-picked evidence of the development questions as whole sentences", async () => {
    const abstracts = (await readSeeds()).map(({ abstract }) => abstract);
    const evidence = readFileSync("test/eval/questions.jsonl", "utf8")
      .trim()
      .split("\n")
      .flatMap((line): string[] => JSON.parse(line).evidence ?? []);
    const cut = evidence.filter((quote) => {
      const abstract = abstracts.find((text) => text.includes(quote)) ?? "";
      const start = abstract.indexOf(quote);
      const spans = splitSentences(abstract);
      const begins = spans.some((span) => span.start === start);
      return !(begins && spans.some((span) => span.end === start + quote.length));
    });
    expect(evidence.length).toBeGreaterThan(300);
    // Three were picked shorter than the sentence: a list item, and two with a word missing at one end.
    expect(cut.length).toBeLessThanOrEqual(3);
  });
});

describe("whatever the text", () => {
  const pieces = fc.constantFrom(
    ". ",
    "? ",
    "! ",
    "...",
    "…",
    ".",
    "(",
    ")",
    "[",
    "]",
    "$",
    "``",
    "''",
    '"',
    "\n\n",
    "\n",
    " ",
    "\u00a0",
    "\ufeff",
    "We ",
    "The",
    "e.g. ",
    "et al. ",
    "Fig. ",
    "3",
    "J. ",
    "U.S. ",
    "x",
    "\\]",
    "\\end{a}",
    "。",
    "é",
    "𝒳",
    "\ud800",
    "-",
  );
  const texts = fc.oneof(
    fc.array(pieces, { maxLength: 60 }).map((list) => list.join("")),
    fc.string(),
  );

  it("the spans are in order, disjoint, trimmed, and cover all that is not white space", () => {
    fc.assert(
      fc.property(texts, (text) => {
        let at = 0;
        for (const { start, end } of splitSentences(text)) {
          expect(text.slice(at, start).trim()).toBe("");
          expect(end).toBeGreaterThan(start);
          const sentence = text.slice(start, end);
          expect(sentence.trim()).toBe(sentence);
          at = end;
        }
        expect(text.slice(at).trim()).toBe("");
      }),
      { numRuns: 3000 },
    );
  });

  it("every span holds a letter or digit, unless the text has none", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const spans = splitSentences(text);
        const wordless = spans.filter(({ start, end }) => !/[\p{L}\p{N}]/u.test(text.slice(start, end)));
        expect(wordless.length).toBe(/[\p{L}\p{N}]/u.test(text) ? 0 : Math.min(spans.length, 1));
      }),
      { numRuns: 3000 },
    );
  });

  it("splits a sentence of its own the same way again", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("We go.", "Is it so?", "It is 3.5."), { minLength: 1 }),
        (list) => {
          expect(sentencesOf(list.join(" "))).toEqual(list);
        },
      ),
    );
  });

  it("gives nothing for a blank text", () => {
    expect(splitSentences("")).toEqual([]);
    expect(splitSentences(" \n\n \u00a0")).toEqual([]);
  });

  const units = [
    ".",
    '." ',
    "(",
    "()",
    "$",
    "\n",
    ". ",
    "a",
    " ",
    "? A ",
    "\\",
    ".\\]",
    '.)"(. A$',
    "\n \n",
    "(a. B",
    "``",
    "J. ",
    "a.b-",
  ];
  it.each(units)("takes time in proportion to the length over %j", async (unit) => {
    const split = (length: number) => void splitSentences(unit.repeat(length / unit.length));
    expect(await growth(split, 20_000)).toBeLessThan(2.5);
  });
});
