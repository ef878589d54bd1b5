import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { finds, type Phrases, says, tokensOf, without } from "../../../src/question/language/phrases.ts";

const lexicon = createRequire(import.meta.url)("../../../src/question/language/lexicon.en.json") as {
  readonly phrases: object;
};

const found = (text: string, phrases: Phrases) => {
  const tokens = tokensOf(text);
  return finds(tokens, phrases).map(({ first, end }) =>
    text.slice(tokens[first]?.start, tokens[end - 1]?.end),
  );
};

describe("tokensOf", () => {
  it("parts words at apostrophes and hyphens, and keeps their places", () => {
    const text = "Don’t: Été, tl;dr x-ray 3.5";
    expect(tokensOf(text).map((token) => token.text)).toEqual([
      "don",
      "t",
      "ete",
      "tldr",
      "x",
      "ray",
      "3",
      "5",
    ]);
    expect(tokensOf(text).map(({ start, end }) => text.slice(start, end))[3]).toBe("tl;dr");
  });

  it("knows where clauses begin and end", () => {
    const tokens = tokensOf("¿Well, how? It is 2.5 wide. Yes");
    expect(tokens.filter(({ isHead }) => isHead).map(({ text }) => text)).toEqual([
      "well",
      "how",
      "it",
      "yes",
    ]);
    expect(tokens.filter(({ isEnd }) => isEnd).map(({ text }) => text)).toEqual([
      "well",
      "how",
      "wide",
      "yes",
    ]);
    expect(tokens.filter(({ isLast }) => isLast).map(({ text }) => text)).toEqual(["how", "wide"]);
  });

  it("stops at so many", () => expect(tokensOf("a ".repeat(9000))).toHaveLength(4000));
});

describe("finds", () => {
  it.each<[string, Phrases, string[]]>([
    // Words of a list, by their beginning and by their end.
    ["Older ones are better than these", "betweenTwo", ["Older", "better", "than"]],
    ["per user", "betweenTwo", []],
    ["a short summarization", "summary", ["summarization"]],
    // What may be missing, what may stand more often, and what must not come next.
    ["please could you compare A and B", "comparison", ["please could you compare"]],
    ["How many? And how?", "explanation", ["how"]],
    // A gap ends with the sentence.
    ["How do A and B differ?", "comparison", ["How do A and B differ"]],
    ["How do they work? They differ.", "comparison", []],
    // The marked part alone.
    ["Is the third cheaper?", "ordinal", ["the third"]],
    ["the first two papers and the latter", "ordinal", ["the latter"]],
    ["the first of them and the second one", "ordinal", ["the first of them", "the second one"]],
    // Where a clause begins, and where the text ends.
    ["Well, compare them", "comparison", ["compare"]],
    ["They compare them", "comparison", []],
    ["Does it work well?", "works", []],
    ["How does it work?", "works", ["work"]],
  ])("%s: %s", (text, phrases, expected) => expect(found(text, phrases)).toEqual(expected));

  it("leaves the rest as it stands", () => {
    const text = "X, in 2 bullets, and Y";
    const tokens = tokensOf(text);
    expect(without(text, tokens, finds(tokens, "length"))).toBe("X,  , and Y");
  });
});

describe("the lexicon", () => {
  it("has every list that its phrases name", () => {
    const lists = Object.keys(lexicon.phrases) as Phrases[];
    expect(lists.length).toBeGreaterThan(50);
    for (const list of lists) expect(() => says(tokensOf("a word"), list)).not.toThrow();
  });
});
