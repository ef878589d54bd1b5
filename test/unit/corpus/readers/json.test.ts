import { describe, expect, it } from "vitest";
import { readFile } from "../../../../src/corpus/readers/read-file.ts";
import { collect } from "../collect.ts";
import { temporaryFolder } from "../temporary-folder.ts";

async function read(content: unknown, name = "file.dat") {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  const items = await collect(readFile(`${temporaryFolder({ [name]: text })}/${name}`));
  return {
    records: items.flatMap((item) => ("record" in item ? [item.record] : [])),
    lines: items.flatMap((item) => ("record" in item ? [item.line] : [])),
    problems: items.flatMap((item) => ("problem" in item ? [item.problem] : [])),
  };
}

const one = { title: "Gulls", abstract: "Gulls learn. They do so in weeks." };
const papers = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    id: at,
    authors: [{ id: 1, name: "Ada Tester" }],
    title: `Paper ${at}`,
    abstract: `Text {of} "${at}".`,
  }));

describe("a JSON document", () => {
  it.each<[string, unknown]>([
    ["a list", [one, one]],
    ["a list over lines", JSON.stringify([one, one], null, 2)],
    ["the results of a search", { total: 2, next: 3, data: [one, one] }],
    [
      "results that are further in",
      { status: "ok", message: { facets: {}, items: [one, one], "total-results": 2 } },
    ],
    ["an object of objects", { header: {}, result: { uids: ["1", "2"], "1": one, "2": one } }],
    ["objects one after the other", `${JSON.stringify(one, null, 1)}\n${JSON.stringify(one, null, 1)}`],
    [
      "pages of results, a line each",
      `${JSON.stringify({ data: [one] })}\n${JSON.stringify({ data: [one] })}`,
    ],
    [
      "papers within objects",
      [
        { score: 1, paper: one },
        { score: 2, paper: one },
      ],
    ],
  ])("may be %s", async (_, content) => {
    const { records, problems } = await read(content);
    expect(records).toEqual([one, one]);
    expect(problems).toEqual([]);
  });

  it("is read far beyond what is held of it", async () => {
    const { records, lines } = await read(JSON.stringify(papers(20_000), null, 1));
    expect(records).toHaveLength(20_000);
    expect(lines.at(-1)).toBe(20_000 * 11 + 1);
  });

  it.each<[string, (text: string) => string]>([
    ["a quote is missing", (text) => text.replace('"Paper 3"', 'Paper 3"')],
    ["another quote is missing", (text) => text.replace('"Paper 3"', '"Paper 3')],
    ["a brace opens nothing", (text) => text.replace('"Paper 3"', '{"Paper 3"')],
    [
      "a bracket is missing",
      (text) => text.replace('Tester"}],"title":"Paper 3"', 'Tester"},"title":"Paper 3"'),
    ],
    ["its first brace is missing", (text) => text.replace('{"id":3', '"id":3')],
    ["its last brace is missing", (text) => text.replace('\\"3\\"."}', '\\"3\\"."')],
    ["it ends twice", (text) => text.replace('\\"3\\"."}', '\\"3\\"."}]}')],
  ])("loses the record alone in which %s", async (_, damage) => {
    const whole = JSON.stringify(papers(8));
    for (const text of [whole, whole.replaceAll(',{"id":', ',\n{"id":')]) {
      const damaged = damage(text);
      expect(damaged).not.toBe(text);
      const { records, problems } = await read(damaged);
      const others = [0, 1, 2, 4, 5, 6, 7].map((at) => `Paper ${at}`);
      expect(records.map(({ title }) => title).filter((title) => title !== "Paper 3")).toEqual(others);
      expect(records.length + problems.length).toBeGreaterThanOrEqual(8);
    }
  });

  it("that is cut off keeps what is before, and says so", async () => {
    const { records, problems } = await read(JSON.stringify(papers(8)).slice(0, -40));
    expect(records).toHaveLength(7);
    expect(problems).toEqual([{ line: 1, reason: "is cut off in this record" }]);
  });

  it.each(["[]", "{}", "[1, 2]", '{"a": [{"b": 1}]}', "[[[[", '{"title', "[{}]"])(
    "without papers says so: %s",
    async (text) => {
      const { records, problems } = await read(text);
      expect(records).toEqual([]);
      expect(problems).toHaveLength(1);
    },
  );
});

describe("a paper as its source writes it", () => {
  const valid = { title: "Gulls at bins", abstract: "Gulls learn." };

  it.each<[string, object, object]>([
    [
      "arXiv's snapshot",
      {
        id: "0704.9001",
        authors: "Ada Tester, Bo Sample (Institute of Examples)",
        title: "Gulls\n  at bins",
        "journal-ref": "J. Gulls 3 (2009) 1",
        doi: "10.1000/g.1",
        categories: "q-bio.PE physics.bio-ph",
        abstract: "  Gulls learn\nin $10^6$ steps.\n  They forget.\n",
        versions: [{ version: "v1", created: "Mon, 2 Apr 2007 19:18:42 GMT" }],
        update_date: "2009-11-26",
        authors_parsed: [
          ["Tester", "Ada", ""],
          ["García Sample", "Bo", "Jr."],
        ],
      },
      {
        title: "Gulls at bins",
        abstract: "Gulls learn\nin $10^6$ steps.\nThey forget.",
        authors: ["Ada Tester", "García Sample, Jr., Bo"],
        year: 2007,
        venue: "J. Gulls 3 (2009) 1",
        doi: "10.1000/g.1",
        arxivId: "0704.9001",
        tags: ["q-bio.PE", "physics.bio-ph"],
      },
    ],
    [
      "OpenAlex",
      {
        id: "https://openalex.org/W1",
        doi: "https://doi.org/10.1000/G.1",
        title: "Gulls at bins",
        display_name: "Gulls at bins",
        publication_year: 2020,
        is_retracted: true,
        abstract_inverted_index: { learn: [1, 4], Gulls: [0], and: [2], we: [3], "it.": [5] },
        authorships: [{ author: { display_name: "Ada Tester" } }],
        primary_location: {
          landing_page_url: "https://doi.org/10.1000/G.1",
          source: { display_name: "J. Gulls" },
        },
        keywords: [{ display_name: "Birds" }],
      },
      {
        title: "Gulls at bins",
        abstract: "Gulls learn and we learn it.",
        authors: ["Ada Tester"],
        year: 2020,
        venue: "J. Gulls",
        url: "https://doi.org/10.1000/G.1",
        doi: "10.1000/G.1",
        tags: ["Birds"],
        flags: ["retracted"],
      },
    ],
    [
      "Semantic Scholar",
      {
        paperId: "a1",
        externalIds: { DOI: "10.1000/g.1", ArXiv: "2301.00001" },
        ...valid,
        year: 2023,
        venue: "",
        journal: { name: "J. Gulls", pages: "1" },
        authors: [{ authorId: "1", name: "Cy Example" }],
        url: "https://www.semanticscholar.org/paper/a1",
        fieldsOfStudy: ["Biology"],
      },
      {
        ...valid,
        year: 2023,
        venue: "J. Gulls",
        authors: ["Cy Example"],
        url: "https://www.semanticscholar.org/paper/a1",
        doi: "10.1000/g.1",
        arxivId: "2301.00001",
        tags: ["Biology"],
      },
    ],
    [
      "Crossref",
      {
        indexed: {},
        DOI: "10.1000/g.1",
        title: ["Gulls at bins"],
        subtitle: ["A field study"],
        abstract:
          "<jats:title>Abstract</jats:title><jats:p>Gulls <jats:italic>learn</jats:italic>.</jats:p><jats:p>They do.</jats:p>",
        author: [{ given: "Ada", family: "Tester", sequence: "first" }, { name: "Gull Watch Consortium" }],
        issued: { "date-parts": [[2021, 5, 3]] },
        "container-title": ["J. Gulls"],
        URL: "https://doi.org/10.1000/g.1",
        "updated-by": [{ DOI: "10.1000/n.1", type: "retraction", label: "Retraction" }],
      },
      {
        title: "Gulls at bins: A field study",
        abstract: "Gulls learn.\n\nThey do.",
        authors: ["Ada Tester", "Gull Watch Consortium"],
        year: 2021,
        venue: "J. Gulls",
        url: "https://doi.org/10.1000/g.1",
        doi: "10.1000/g.1",
        flags: ["retracted"],
      },
    ],
    [
      "a notice at Crossref",
      {
        DOI: "10.1000/n.1",
        title: ["Notice"],
        "update-to": [
          { DOI: "10.1000/G.1", type: "retraction" },
          { DOI: "10.1000/g.2", type: "erratum" },
        ],
      },
      {
        title: "Notice",
        abstract: "",
        doi: "10.1000/n.1",
        marks: [{ key: "doi:10.1000/g.1", flag: "retracted" }],
      },
    ],
    [
      "PubMed",
      { pmid: "12", ...valid, authors: ["Smith JA", "de la Cruz AB"], year: "2019", journal: "J Gulls" },
      {
        ...valid,
        authors: ["Smith JA", "de la Cruz AB"],
        year: 2019,
        venue: "J Gulls",
        url: "https://pubmed.ncbi.nlm.nih.gov/12/",
      },
    ],
    [
      "OpenReview",
      {
        forum: "Ab_1",
        pdate: 1_700_000_000_000,
        content: {
          title: { value: "Gulls at bins" },
          abstract: { value: "Gulls learn." },
          authors: { value: ["Ada Tester", "Bo Sample"] },
          keywords: { value: ["gulls"] },
          venue: { value: "ICLR 2024 poster" },
        },
      },
      {
        ...valid,
        authors: ["Ada Tester", "Bo Sample"],
        year: 2023,
        venue: "ICLR 2024 poster",
        url: "https://openreview.net/forum?id=Ab_1",
        tags: ["gulls"],
      },
    ],
    [
      "CSL",
      {
        id: "x",
        type: "article",
        ...valid,
        author: [
          { family: "Oord", given: "Aäron", "non-dropping-particle": "van den" },
          { literal: "Friends of Gulls" },
        ],
        issued: { "date-parts": [["2016"]] },
        publisher: "arXiv",
        number: "arXiv:1608.03189",
        URL: "https://arxiv.org/abs/1608.03189",
      },
      {
        ...valid,
        authors: ["Aäron van den Oord", "Friends of Gulls"],
        year: 2016,
        url: "https://arxiv.org/abs/1608.03189",
        arxivId: "1608.03189",
      },
    ],
    [
      "Zotero",
      {
        key: "K",
        version: 3,
        data: {
          itemType: "journalArticle",
          title: "Gulls at bins",
          abstractNote: "Gulls learn.",
          creators: [
            { creatorType: "author", firstName: "Ada", lastName: "Tester" },
            { creatorType: "editor", name: "Ed Itor" },
          ],
          date: "May 3, 2021",
          publicationTitle: "J. Gulls",
          DOI: "10.1000/g.1",
          url: "",
          extra: "arXiv: 2301.00001 [cs.CL]",
          tags: [{ tag: "birds" }],
        },
      },
      {
        ...valid,
        authors: ["Ada Tester"],
        year: 2021,
        venue: "J. Gulls",
        doi: "10.1000/g.1",
        arxivId: "2301.00001",
        tags: ["birds"],
      },
    ],
    [
      "Mendeley",
      {
        id: "u",
        ...valid,
        identifiers: { doi: "10.1000/g.1", arxiv: "2301.00001" },
        authors: [{ first_name: "Ada", last_name: "Tester" }],
        year: 2021,
        source: "J. Gulls",
        keywords: ["birds"],
      },
      {
        ...valid,
        authors: ["Ada Tester"],
        year: 2021,
        venue: "J. Gulls",
        doi: "10.1000/g.1",
        arxivId: "2301.00001",
        tags: ["birds"],
      },
    ],
    [
      "nobody that is known",
      {
        Title: "Gulls at bins",
        Summary: "Gulls learn.",
        Creators: "Ada Tester and Bo Sample",
        "Publication Year": "2021.0",
      },
      { ...valid, authors: ["Ada Tester", "Bo Sample"], year: 2021 },
    ],
  ])("%s", async (_, source, expected) => {
    for (const content of [[source], JSON.stringify(source), JSON.stringify(source, null, 2)]) {
      const { records, problems } = await read(content);
      expect(problems).toEqual([]);
      expect(records).toEqual([expected]);
    }
  });
});
