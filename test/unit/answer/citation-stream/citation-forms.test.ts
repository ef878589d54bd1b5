import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  CitationForms,
  CopiedNumbers,
  withoutOwnNotes,
} from "../../../../src/answer/citation-stream/citation-forms.ts";

const KNOWN = new Set([1, 2, 3]);

function read(chunks: readonly string[], copied?: CopiedNumbers): string {
  const forms = new CitationForms(KNOWN, copied);
  return chunks.map((chunk) => forms.push(chunk)).join("") + forms.end();
}

const chunkings = (text: string) =>
  fc.array(fc.nat(text.length), { maxLength: 12 }).map((cuts) => {
    const at = [0, ...cuts.sort((a, b) => a - b), text.length];
    return at.slice(1).map((end, i) => text.slice(at[i], end));
  });

describe("CitationForms", () => {
  it.each([
    ["It is fast [Source 1].", "It is fast [1]."],
    ["It is fast [source: 1, 2].", "It is fast [1, 2]."],
    ["It is fast [Source 1, Source 2].", "It is fast [1, 2]."],
    ["It is fast [Sources 1 and 3].", "It is fast [1, 3]."],
    ["It is fast (1).", "It is fast [1]."],
    ["It is fast (1, 2).", "It is fast [1, 2]."],
    ["It is fast (1)", "It is fast [1]"],
    ["It is fast (Source 1) and small.", "It is fast [1] and small."],
    ["It is fast (see source 2).", "It is fast [2]."],
    ["它很快（1）。", "它很快[1]。"],
    ["It is fast [citation:1].", "It is fast [1]."],
    ["It is fast [doc1][doc2].", "It is fast [1][2]."],
    ["It is fast [ref_1].", "It is fast [1]."],
    ["It is fast [n=1].", "It is fast [1]."],
    ["It is fast [#1].", "It is fast [1]."],
    ["It is fast [1](https://a.org/x?y=1).", "It is fast [1]."],
    ['It is fast [1](#ref-1 "Title").', "It is fast [1]."],
    ["It is fast [^1^].", "It is fast [1]."],
    ["It is fast.¹ It is small²", "It is fast.[1] It is small[2]"],
    ["It is fast¹³.", "It is fast[1, 3]."],
    ["It is fast ［1］ and ［２］.", "It is fast [1] and [2]."],
    ["It is fast 〔1〕.", "It is fast [1]."],
    ["It is fast \\[1\\].", "It is fast [1]."],
    ["It is fast \\[1, 2\\].", "It is fast [1, 2]."],
    ["It is fast <sup>1</sup>.", "It is fast [1]."],
    ["It is fast<sup>[1, 2]</sup>.", "It is fast[1, 2]."],
    ["It is fast [1, p. 3].", "It is fast [1]."],
    ["It is fast [1, pp. 3-5; 2, Section 3.2].", "It is fast [1]."],
    ["It is fast [1, abstract].", "It is fast [1]."],
    ["It is fast [Source 7].", "It is fast [7]."],
  ])("reads %j as %j, however it is cut", (text, expected) => {
    fc.assert(
      fc.property(chunkings(text), (chunks) => {
        expect(read(chunks)).toBe(expected);
      }),
    );
  });

  it.each([
    "A [1][2], [1, 2], [1-3], 【1】 and [^1].",
    "(1) first, (2) second: (3) third.",
    "As in Equation (1), by (2), and in step (3).",
    "It took (4) steps.",
    "The error is 10² or 5 m², and R² is 0.9, in km².",
    "[see above] [Smith, 2020] [1a] [a1] [-1, 1] [1.5] [] [page] [Source]",
    "With n (n=3) and p (p. 3).",
    "`x (1).` and ```\n[Source 1]\n``` end",
    "$f (1).$ and $x [Source 1]$",
    "![1](https://a.org/x.png) [text](https://a.org)",
    "[2020](https://a.org)",
    "Escaped \\* and \\[x\\] and \\(y\\) and C:\\",
    "a < b <b>bold</b> <sup>th</sup>",
    "[Source 1",
    "(",
    "\\[1",
  ])("leaves %j as it is, however it is cut", (text) => {
    fc.assert(
      fc.property(chunkings(text), (chunks) => {
        expect(read(chunks)).toBe(text);
      }),
    );
  });

  it("takes a number that stands so in a source for the source's own", () => {
    const copied = new CopiedNumbers([
      "Following [2], we prune heads. By the method of Smith (1), it is fast [3].",
    ]);
    expect(read(["Following [2], we prune heads [1]."], copied)).toBe("Following ⟨2⟩, we prune heads [1].");
    expect(read(["By the method of Smith (1)."], copied)).toBe("By the method of Smith ⟨1⟩.");
    expect(read(["Heads are pruned following [2] and others [2]."], copied)).toBe(
      "Heads are pruned following [2] and others [2].",
    );
  });

  it("shows sources with numbers of their own in another form", () => {
    expect(
      withoutOwnNotes("Following [2], [3, 4] and Smith (1) we see [Source 1] (2020) and f(x) [a]."),
    ).toBe("Following ⟨2⟩, ⟨3, 4⟩ and Smith ⟨1⟩ we see ⟨Source 1⟩ (2020) and f(x) [a].");
  });

  it("is the same in any chunks, whatever it reads", () => {
    const parts = [
      "[",
      "]",
      "(",
      ")",
      "1",
      "2",
      "9",
      "Source ",
      "doc",
      "\\[",
      "\\]",
      "<sup>",
      "</sup>",
      "¹",
      "²",
      "`",
      "```",
      "$",
      "\n",
      " ",
      ".",
      ", ",
      "word",
      "fast ",
      "[1]",
      "(1)",
      "(http://a.b)",
      "p. 3",
      "^",
      "［",
      "］",
      "#",
      "-",
    ];
    const soup = fc.array(fc.constantFrom(...parts), { maxLength: 30 }).map((all) => all.join(""));
    fc.assert(
      fc.property(
        soup.chain((text) => chunkings(text).map((chunks) => ({ text, chunks }))),
        ({ text, chunks }) => {
          expect(read(chunks)).toBe(read([text]));
        },
      ),
      { numRuns: 5000 },
    );
  });
});
