import { createRequire } from "node:module";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatReference } from "../../../src/answer/references.ts";
import type { Paper } from "../../../src/protocol.ts";

interface Parsed {
  readonly id: string;
  readonly title: string;
  readonly author?: readonly { family?: string; given?: string }[];
}
// The same copy of citation-js that the code loads: the plugins register on it.
const { Cite } = createRequire(import.meta.url)("@citation-js/core") as {
  Cite: new (data: string) => { data: readonly Parsed[] };
};

function paper(title: string, more: Partial<Paper> = {}): Paper {
  return { id: "p", title, abstract: "", source: "test", revision: "r", ...more };
}

const PREPRINT = paper("Sparsity-certifying Graph Decompositions", {
  authors: ["Ileana Streinu, Louis Theran"],
  year: 2008,
  arxivId: "0704.0002",
});

async function bibtex(...papers: Paper[]): Promise<string> {
  return (await formatReference(papers, "bibtex")).body;
}

describe("a reference as BibTeX", () => {
  it("writes a preprint with its arXiv id and address", async () => {
    expect(await bibtex(PREPRINT)).toBe(
      `@misc{Streinu2008Sparsity,
  author = {Streinu, Ileana and Theran, Louis},
  title = {Sparsity-certifying Graph Decompositions},
  year = {2008},
  eprint = {0704.0002},
  archivePrefix = {arXiv},
  url = {https://arxiv.org/abs/0704.0002},
}
`,
    );
  });

  it("writes a journal article and a conference paper with their venue", async () => {
    const article = paper("One", { venue: "Science & Engineering", doi: "10.1000/x_1", year: 2020 });
    const talk = paper("Two", { venue: "Proceedings of NAACL-HLT", url: "https://example.org/a_b%20c" });
    const text = await bibtex(article, talk);
    expect(text).toContain("@article{One2020,");
    expect(text).toContain("  journal = {Science \\& Engineering},");
    expect(text).toContain("  doi = {10.1000/x_1},\n  url = {https://doi.org/10.1000/x_1},");
    expect(text).toContain("@inproceedings{Two,");
    expect(text).toContain("  booktitle = {Proceedings of NAACL-HLT},");
    expect(text).toContain("  url = {https://example.org/a_b%20c},");
  });

  it("keeps LaTeX as it is written", async () => {
    const text = await bibtex(paper("a 5\\% gain, $x^2_i$ and ``quotes'' by \\'Etienne~9"));
    expect(text).toContain("title = {a 5\\% gain, $x^2_i$ and ``quotes'' by {{\\'Etienne~9}}},");
  });

  it("escapes plain specials once", async () => {
    expect(await bibtex(paper("q & a_b #1 at 5% of $5 to $10, x^2 ~7"))).toContain(
      "title = {q \\& a\\_b \\#1 at 5\\% of \\$5 to \\$10, x\\textasciicircum{}2 \\textasciitilde{}7},",
    );
  });

  it("protects the capitals that carry meaning", async () => {
    expect(await bibtex(paper("A Study: BERT, U-Net and mT5 for $X^2$ in (R)"))).toContain(
      "title = {A Study: {BERT}, {U-Net} and {mT5} for {$X^2$} in ({R})},",
    );
  });

  it("reads back as the same papers", async () => {
    const papers = [
      PREPRINT,
      paper("NIRVANA: Neural Implicit Representations at 5\\% & more", {
        authors: ["van den Oord, Aäron", "李明", "Csaba Bal\\'azs"],
        venue: "NeurIPS",
      }),
    ];
    const data = new Cite(await bibtex(...papers)).data;
    expect(data.map((item) => item.title)).toEqual([
      "Sparsity-certifying Graph Decompositions",
      "NIRVANA: Neural Implicit Representations at 5% & more",
    ]);
    expect(data[1]?.author).toEqual([
      { family: "Oord", given: "Aäron", "non-dropping-particle": "van den" },
      { family: "李明" },
      { family: "Balázs", given: "Csaba" },
    ]);
  });

  it("balances braces and stays one entry a paper, whatever a title holds", async () => {
    const nasty = fc.array(
      fc.constantFrom("{", "}", "\\", "$", "%", "@", "x", "BERT", " ", "\n", "<b>", '"', "é"),
    );
    await fc.assert(
      fc.asyncProperty(nasty, nasty, async (first, second) => {
        const text = await bibtex(paper(first.join("")), paper(second.join(""), { venue: first.join("") }));
        expect(depths(text).every((depth) => depth >= 0)).toBe(true);
        expect(depths(text).at(-1)).toBe(0);
        expect(entriesAtTopLevel(text)).toBe(2);
      }),
      { numRuns: 500 },
    );
  });
});

/** Brace depth after each character, counted as BibTeX counts: a backslash changes nothing. */
function depths(text: string): number[] {
  let depth = 0;
  return [...text].map((char) => {
    if (char === "{") depth += 1;
    if (char === "}") depth -= 1;
    return depth;
  });
}

function entriesAtTopLevel(text: string): number {
  const depth = depths(text);
  return [...text].filter((char, at) => char === "@" && depth[at] === 0).length;
}

describe("references as RIS", () => {
  it("writes one tag a line, from TY to ER, without breaking values", async () => {
    const long =
      "Efficient ``Long'' Titles of 5\\% More than Seventy Characters Stay on One Line of the Record";
    const { body, mediaType } = await formatReference(
      [
        paper(long, {
          authors: ["van den Oord, Aäron"],
          year: 2019,
          venue: "NeurIPS",
          arxivId: "1901.00001",
        }),
        PREPRINT,
      ],
      "ris",
    );
    expect(mediaType).toMatch(/^application\/x-research-info-systems/);
    const lines = body.split("\r\n");
    expect(lines.filter((line) => !/^[A-Z][A-Z0-9] {2}- /.test(line))).toEqual(["", ""]);
    expect(lines[0]).toBe("TY  - CONF");
    expect(lines).toContain("AU  - van den Oord, Aäron");
    expect(lines).toContain("PY  - 2019");
    expect(lines).toContain("AN  - arXiv:1901.00001");
    expect(lines).toContain("UR  - https://arxiv.org/abs/1901.00001");
    expect(lines).toContain(
      "TI  - Efficient “Long” Titles of 5% More than Seventy Characters Stay on One Line of the Record",
    );
    expect(lines.filter((line) => line === "ER  - ")).toHaveLength(2);
  });
});

describe("references for people and programs", () => {
  it("writes plain text in APA style, one a line and in the order given", async () => {
    const { body } = await formatReference([PREPRINT, paper("A Title of No One")], "text");
    expect(body).toBe(
      "Streinu, I., & Theran, L. (2008). Sparsity-certifying Graph Decompositions (arXiv:0704.0002). arXiv. https://arxiv.org/abs/0704.0002\nA Title of No One. (n.d.).\n",
    );
  });

  it("writes CSL-JSON", async () => {
    const { body, mediaType } = await formatReference([PREPRINT], "csl-json");
    expect(mediaType).toMatch(/csl\+json/);
    expect(JSON.parse(body)).toEqual([
      {
        id: "Streinu2008Sparsity",
        "citation-key": "Streinu2008Sparsity",
        type: "article",
        title: "Sparsity-certifying Graph Decompositions",
        author: [
          { family: "Streinu", given: "Ileana" },
          { family: "Theran", given: "Louis" },
        ],
        issued: { "date-parts": [[2008]] },
        publisher: "arXiv",
        number: "arXiv:0704.0002",
        URL: "https://arxiv.org/abs/0704.0002",
      },
    ]);
  });

  it("is empty for no papers", async () => {
    expect((await formatReference([], "bibtex")).body).toBe("");
    expect((await formatReference([], "ris")).body).toBe("");
    expect((await formatReference([], "text")).body).toBe("");
    expect((await formatReference([], "csl-json")).body).toBe("[]\n");
  });
});
