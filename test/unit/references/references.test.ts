import { createRequire } from "node:module";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Paper } from "../../../src/protocol.ts";
import { formatReference } from "../../../src/references/references.ts";

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

describe("a reference whose record holds commands of LaTeX", () => {
  // What TeX makes of "\\^^69nput", of a brace that is taken away, and of a sign in hexadecimal, is a command too.
  const HOSTILE = [
    ["\\input{/etc/passwd}", "\\textbackslash{}input\\{/etc/passwd\\}"],
    ["D {E} \\input{/etc/passwd}", "D {E} \\textbackslash{}input\\{/etc/passwd\\}"],
    ["\\includegraphics[width=1cm] {x} {y}", "\\textbackslash{}includegraphics[width=1cm] \\{x\\} \\{y\\}"],
    ["\\begin{filecontents}", "\\textbackslash{}begin\\{filecontents\\}"],
    ["\\i{nput{x}", "\\i{}nput{x}"],
    ["\\i}nput", "\\i{}nput"],
    ["^^5cinput", "\\textasciicircum{}\\textasciicircum{}5cinput"],
    ["$^^5cinput{x}$", "$\\wedge{}^5cinput{x}$"],
    ["$\\^^69nput{x}$", "$\\^{}^69nput{x}$"],
    ["$\\alpha_i \\write18{ls} % x$ y", "$\\alpha_i \\backslash{}write18{ls} \\% x$ y"],
    ["$\\input{x}$", "$\\backslash{}input\\{x\\}$"],
    ["a\\def\\x#1", "a\\textbackslash{}def\\textbackslash{}x\\#1"],
    ["x\u0085y\u001c\u009bz", "x y z"],
  ] as const;

  it.each(HOSTILE)("prints %j as it is written", async (given, written) => {
    const text = await bibtex(paper("t", { venue: `V ${given}`, authors: [`${given} Ball`] }));
    expect(text).toContain(`journal = {V ${written}}`);
    const inTitle = (await bibtex(paper(`v ${given}`))).replace(/[{}]/g, "");
    expect(inTitle).toContain(`title = v ${written.replace(/[{}]/g, "")},`);
    expect(runs(text)).toEqual([]);
  });

  it("keeps accents, symbols, formatting and math as they are", async () => {
    const venue =
      "Erd\\H{o}s, {\\O}re, \\emph{Proc.} \\& $\\mathbb{R}^{n}\\to\\mathcal{O}(\\log n)$, 5\\% \\LaTeX{} \\ss";
    expect(await bibtex(paper("t", { venue }))).toContain(`journal = {${venue}}`);
  });

  it("encodes what would be a command in an identifier or an address", async () => {
    const text = await bibtex(
      paper("t", { doi: "10.1/\\input{x}", url: "https://x.org/\\input{x}^^5cinput" }),
    );
    expect(text).toContain("doi = {10.1/%5Cinput%7Bx%7D}");
    expect(text).toContain("url = {https://x.org/%5Cinput%7Bx%7D%5E%5E5cinput}");
  });

  it("runs none, whatever pieces they are put together of", async () => {
    const pieces = [
      "\\",
      "in",
      "put",
      "i",
      "{",
      "}",
      "$",
      "^",
      "^^5c",
      "^^69",
      "%",
      " ",
      "[x]",
      "\\alpha",
      "é",
      "~",
    ];
    const nasty = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join(""));
    await fc.assert(
      fc.asyncProperty(nasty, nasty, async (one, two) => {
        const text = await bibtex(paper(`${one} a`, { venue: two, authors: [two], url: one, doi: two }));
        expect(runs(text)).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  /** The commands that TeX would find in the entry and that none of the tests above means. */
  function runs(text: string): string[] {
    const seen = text.replace(/\^\^([0-9a-f]{2})/g, (_, hex) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
    const known =
      /^\\(?:textbackslash|textasciicircum|textasciitilde|textbrace(?:left|right)|backslash|wedge|alpha|in|i)$/;
    const commands = seen.match(/\\(?:[A-Za-z]+|[\s\S])/g) ?? [];
    return commands.filter((command) => /[A-Za-z]/.test(command) && !known.test(command));
  }
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

describe("a record with signs that end a line", () => {
  it("makes no tag of its own in RIS", async () => {
    const title = "One\u0085ER  - \u001cTY  - JOUR\u2028TI  - Two\u000bN1  - x";
    const { body } = await formatReference(
      [paper(title, { venue: "V\u001dER  - ", authors: ["A\u0085AU  - B"] })],
      "ris",
    );
    expect(body.match(/[\p{Cc}\u2028\u2029]/gu)?.filter((sign) => !"\r\n".includes(sign)) ?? []).toEqual([]);
    expect(body.split("\r\n").filter((line) => /^(?:TY|ER) /.test(line))).toEqual(["TY  - JOUR", "ER  - "]);
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

describe("a record from before there were bounds", () => {
  const marks = "’".repeat(100_000);

  it.each(["bibtex", "ris", "csl-json", "text"] as const)(
    "is written in part, and so in time: %s",
    async (format) => {
      const record = { ...paper(`B${marks}`), authors: [`Ada B${marks}`], venue: `V${marks}` };
      const { body } = await formatReference([record], format);
      expect(body).toContain("’…");
      expect(body.length).toBeLessThan(4000);
    },
  );
});
