import { describe, expect, it } from "vitest";
import { CitationStream } from "../../../../src/answer/citation-stream/citation-stream.ts";

/** Each note's number with the text of its claim. */
function claims(text: string): [number, string][] {
  const stream = new CitationStream(new Set([1, 2, 3]));
  const pieces = [stream.push(text), stream.end()];
  const out = pieces.map((piece) => piece.text).join("");
  return pieces.flatMap(({ notes }) =>
    notes.map(({ marker, claim }): [number, string] => [marker, out.slice(claim.start, claim.end)]),
  );
}

describe("claims", () => {
  it.each<[string, [number, string][]]>([
    ["It is fast. BERT is faster [1].", [[1, "BERT is faster"]]],
    ["It is fast. BERT is faster. [1] And then", [[1, "BERT is faster."]]],
    [
      "BERT is fast (by 3.5 % vs. GPT) [1][2].",
      [
        [1, "BERT is fast (by 3.5 % vs. GPT)"],
        [2, "BERT is fast (by 3.5 % vs. GPT)"],
      ],
    ],
    [
      "A is so [1], [2] and [3].",
      [
        [1, "A is so"],
        [2, "A is so"],
        [3, "A is so"],
      ],
    ],
    [
      "A is so [1]. [2]",
      [
        [1, "A is so"],
        [2, "A is so"],
      ],
    ],
    [
      "A is so [1] and B is not [2].",
      [
        [1, "A is so"],
        [2, "and B is not"],
      ],
    ],
    [
      "A is so. [1] B is not. [2]",
      [
        [1, "A is so."],
        [2, "B is not."],
      ],
    ],
    [
      "A is so [1].\n\nBees. C is not [2].",
      [
        [1, "A is so"],
        [2, "C is not"],
      ],
    ],
    ["It is so (see [1]).", [[1, "It is so"]]],
    [
      "Two:\n- one [1]\n- two two. Three [2]\n1. four [3]",
      [
        [1, "one"],
        [2, "Three"],
        [3, "four"],
      ],
    ],
    [
      "## Head [1]\nText [2]",
      [
        [1, "Head"],
        [2, "Text"],
      ],
    ],
    ["## Head\nText [1]", [[1, "Text"]]],
    [
      "| a | b |\n|---|---|\n| c [1] | d e [2] |\n| [3] f |",
      [
        [1, "c"],
        [2, "d e"],
        [3, ""],
      ],
    ],
    ["> A quote. Its end [1]", [[1, "Its end"]]],
    [
      "[1] says so.\n\n- [2] too",
      [
        [1, ""],
        [2, ""],
      ],
    ],
    [
      "Sources:\n[1] One\n[2] Two",
      [
        [1, ""],
        [2, ""],
      ],
    ],
    ["It is so.\n[1]", [[1, "It is so."]]],
    ["**It is so.** [1]", [[1, "**It is so.**"]]],
    ["Invented [9] and true [1].", [[1, "Invented and true"]]],
  ])("closes the right ones in %j", (text, expected) => expect(claims(text)).toEqual(expected));
});
