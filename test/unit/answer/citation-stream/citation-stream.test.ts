import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CitationStream, type StreamNote } from "../../../../src/answer/citation-stream/citation-stream.ts";
import { MAX_MARKER, MAX_SPACE } from "../../../../src/answer/citation-stream/marker.ts";

interface Streamed {
  readonly text: string;
  readonly notes: StreamNote[];
  readonly dropped: number;
  /** What each push, and the end, gave out. */
  readonly pieces: string[];
}

function stream(chunks: Iterable<string>, known = [1, 2, 3]): Streamed {
  const citations = new CitationStream(new Set(known));
  const pieces = [...chunks].map((chunk) => citations.push(chunk));
  pieces.push(citations.end());
  return {
    text: pieces.map(({ text }) => text).join(""),
    notes: pieces.flatMap(({ notes }) => notes),
    dropped: citations.dropped,
    pieces: pieces.map(({ text }) => text),
  };
}

describe("markers", () => {
  it.each([
    ["a group", "A [1][2].", "A [1][2]."],
    ["a list", "A [1, 2].", "A [1][2]."],
    ["a list with a range", "A [1,2;3].", "A [1][2][3]."],
    ["a range", "A [1-3].", "A [1][2][3]."],
    ["a range with a dash", "A [2–3].", "A [2][3]."],
    ["lenticular brackets", "A 【1】.", "A [1]."],
    ["a source's name", "A【1†source】【2†L3-L5】.", "A[1][2]."],
    ["a footnote", "A [^1] [^2, ^3].", "A [1] [2][3]."],
    ["white space inside", "A [ 1 , 2 ].", "A [1][2]."],
    ["a number written long", "A [01].", "A [1]."],
    ["the same number twice", "A [1, 1][1] [1].", "A [1]."],
    ["the same number behind more text", "A [1], [1].", "A [1], [1]."],
  ])("writes %s as single numbers", (_, text, expected) => expect(stream([text]).text).toBe(expected));

  it.each([
    ["parentheses", "(1) and (2)"],
    ["words", "[see above] [Smith, 2020] [1a] [a1] [-1, 1] [1.5] []"],
    ["an interval", "in [0, 1] or [0-9] or [0,100]"],
    ["a link", "[1](https://a.org/b_(c)) [2](/x 'A title') [text](http://a.b/[1]?x=[9])"],
    ["an image", "![1](http://a.b/c.png) ![plot](./[9].png)"],
    ["inline code", "`a[1]` and ``b ` [9]``"],
    ["a fenced block", "Text:\n```js\nx[1] = y[9]\n\n`z`[2]\n```\nend"],
    ["a fenced block in a list", "- ```\n  x[9]\n  ```\nend"],
    ["a fenced block that is never closed", "````\nx[1]\n```\nx[9]"],
    ["a formula", "$x_{[1]}$ and $[9, 10]$ and $$a\n[9]$$"],
    ["LaTeX brackets", "\\(x[1]\\) and \\[ y[9] \\\\[2pt] z \\]"],
    ["escapes", "\\[1\\] and \\[9] and \\`[no"],
  ])("leaves %s alone", (_, text) => {
    expect(stream(text)).toMatchObject({ text, notes: [], dropped: 0 });
  });

  it.each([
    ["prices", "It costs $5 [1, 2] and $6 [1, 2].", "It costs $5 [1][2] and $6 [1][2]."],
    ["a lone dollar", "In US$ [1,2], not €", "In US$ [1][2], not €"],
    ["a lone backtick", "The ` sign [1,2]\n\nand `", "The ` sign [1][2]\n\nand `"],
    ["an escaped backtick", "\\`a [1,2]\\`", "\\`a [1][2]\\`"],
    ["an escaped backslash", "\\\\[1,2]", "\\\\[1][2]"],
    ["an open bracket of LaTeX", "\\(a [1,2]\n\nb", "\\(a [1][2]\n\nb"],
    ["three backticks in a line", "a ``` b [1,2]\n\nc", "a ``` b [1][2]\n\nc"],
    ["an exclamation", "Great![1,2]", "Great![1][2]"],
    ["a word in brackets", "[a [1,2] b]", "[a [1][2] b]"],
    ["what is no address", "A [1](2020) [2](see b) [9](c).", "A [1] (2020) [2] (see b) (c)."],
    ["a link without an end", "[1](http://a.b c [2]", "[1] (http://a.b c [2]"],
  ])("reads them behind %s", (_, text, expected) => expect(stream(text).text).toBe(expected));
});

describe("markers that name no source", () => {
  it.each([
    ["A [9].", "A.", 1],
    ["A [9] b", "A b", 1],
    ["A  [9]b", "A b", 1],
    ["A[7][8], b", "A, b", 2],
    ["A [7, 8; 9].", "A.", 3],
    ["A [1, 9].", "A [1].", 1],
    ["A [2-9] [0] 【5】.", "A [2][3].", 3],
    ["A [1-1000000].", "A [1][2][3].", 1],
    [`A [4-${"9".repeat(200)}].`, "A.", 1],
    ["Line\n[9] next", "Line\n next", 1],
    ["[1[9]] [[9]2] [1, [9]2]", "[1…] […2] [1,…2]", 3],
  ])("go with the white space before them: %j", (text, expected, dropped) => {
    expect(stream(text)).toMatchObject({ text: expected, dropped });
  });

  it("all go where there is no source", () => expect(stream("A [1]. B [2].", []).text).toBe("A. B."));
});

const MARKERS = [
  "[1]",
  "[2][3]",
  "[4]",
  "[17]",
  "[1, 9]",
  "[3-5]",
  "[2–1000000000]",
  "【1】",
  "【8†source】",
  "[^2]",
  "[^7]",
  "[99, 98]",
];
const TEXT = [
  "The model",
  " is",
  " faster",
  ".",
  " ",
  "\n",
  "\n\n",
  "- ",
  ", ",
  "(1)",
  "[",
  "]",
  "[1",
  "9]",
  "[[",
  "]]",
  "é",
  "𝒙",
];
const soup = fc.array(fc.constantFrom(...MARKERS, ...TEXT), { maxLength: 40 }).map((parts) => parts.join(""));

describe("whatever a model writes", () => {
  it("no invented marker reaches the text, and each that does has its note, in order", () => {
    fc.assert(
      fc.property(soup, fc.subarray([1, 2, 3, 4, 5]), (text, known) => {
        const { text: out, notes } = stream([text], known);
        const shown = [...out.matchAll(/\[(\d+)\]/g)].map(([, number]) => Number(number));
        expect(shown).toEqual(notes.map(({ marker }) => marker));
        expect(shown.filter((number) => !known.includes(number))).toEqual([]);
        expect(out).not.toMatch(/【\d+】|\[\^\d+\]|\[(?!0)\d+\s*[,;–-]\s*\d+\]/);
      }),
      { numRuns: 5_000 },
    );
  });

  it("claims hold no marker and no white space at their ends", () => {
    fc.assert(
      fc.property(soup, (text) => {
        const { text: out, notes } = stream([text]);
        for (const { claim } of notes) {
          const claimed = out.slice(claim.start, claim.end);
          expect(claimed).toBe(claimed.trim());
          expect(claim.start).toBeLessThanOrEqual(claim.end);
        }
      }),
    );
  });

  it("holds back an unfinished marker with the white space before it, and nothing else", () => {
    const unfinished = /[^\S\n]{0,8}(?:[[【][\d\s,;:^†.–\-\p{L}]*[\]】]?\(?)?$/u;
    fc.assert(
      fc.property(soup, (text) => {
        const citations = new CitationStream(new Set([1, 2, 3]));
        let out = "";
        for (const [at, char] of [...text].entries()) {
          out += citations.push(char).text;
          const come = [...text].slice(0, at + 1).join("");
          const held = unfinished.exec(come)?.[0] ?? "";
          expect(out.length).toBeGreaterThanOrEqual(
            stream([come.slice(0, come.length - held.length)]).text.length,
          );
        }
      }),
      { numRuns: 300 },
    );
  });

  it("bounds what it holds back", () => {
    for (const head of ["", "`", "$x", "$$", "\\[", "\\(", "[1](http:"]) {
      const text = `${head}[1, ${"2,".repeat(2_000)}`;
      let out = 0;
      let come = 0;
      const citations = new CitationStream(new Set([1]));
      for (const char of text) {
        out += citations.push(char).text.length;
        expect(++come - out).toBeLessThanOrEqual(1_000 + MAX_MARKER + MAX_SPACE);
      }
    }
  });

  it("reads a million characters", () => {
    const { text, notes } = stream(["It is faster [1]. ".repeat(60_000)]);
    expect(text).toHaveLength(60_000 * 18);
    expect(notes).toHaveLength(60_000);
  });

  it.each([
    " [1",
    "[",
    "$a ",
    "$$a [1] ",
    "\\[ [1] ",
    "\\( `$",
    "` `` ``` [1] ",
    "](http:[1] ",
    "[1](http:a",
    "   ",
    "((( ",
    "[9]a",
    "\n- [1]",
    "| [1] ",
    "[1,",
  ])("is linear in 200,000 characters of %j", (part) => {
    const text = part.repeat(200_000 / part.length);
    expect(stream([text]).text.length).toBeGreaterThan(0);
  });
});
