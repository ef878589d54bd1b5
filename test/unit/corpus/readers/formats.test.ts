import { describe, expect, it } from "vitest";
import type { PaperRecord } from "../../../../src/corpus/paper.ts";
import { readFile } from "../../../../src/corpus/readers/read-file.ts";
import { collect } from "../collect.ts";
import { temporaryFolder } from "../temporary-folder.ts";

async function read(text: string, name = "export.dat") {
  const items = await collect(readFile(`${temporaryFolder({ [name]: text })}/${name}`));
  return {
    records: items.flatMap((item) => ("record" in item ? [item.record] : [])),
    problems: items.flatMap((item) => ("problem" in item ? [item.problem] : [])),
    titles: items.flatMap((item) => ("record" in item ? [item.record.title] : [])),
  };
}

const BIBTEX = `% A comment with @ in it.
@string{jg = "Journal of Gulls"}
@preamble{"\\newcommand{x}"}
@article{one,
  author = {Ada Tester and {Friends of the Gull} and van den Oord, A{\\"a}ron and King, Jr., Martin and others},
  title = {{BERT}: {P}re-training of $k$-gulls \\& caf\\'e --- a \`\`test''},
  journal = jg # { Letters}, year = 2019, month = may, doi = {10.1000/a\\_b},
  abstract = {We find that {\\bf gulls} learn 5\\% more. \\emph{They} do~so.},
  url = {https://a.org/x_y}, keywords = {birds, bins}
}
@inproceedings{two, author="M{\\"u}ller, J{\\"o}rg", title="Crossed", crossref={Proc}}
@misc(three, title={Preprint}, eprint={2101.00001v2}, archivePrefix={arXiv}, note={Retracted})
@proceedings{proc, title={Proceedings of Tests}, year={2011}}
`;

const RIS = `TY  - JOUR\r
TI  - Gulls at bins\r
AU  - Oord, Aäron van den\r
AU  - King, Martin, Jr.\r
PY  - 2020/05/03/\r
JO  - J. Gulls\r
AB  - Gulls learn.\r
They do.\r
DO  - 10.1000/g.1\r
UR  - https://a.org\r
KW  - birds\r
AN  - arXiv:2101.00001\r
ER  - \r
\r
TY  - CONF\r
T1  - Second\r
A1  - World Health Organization\r
N2  - Abstract two.\r
ER  - \r
`;

const PUBMED = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>
<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID Version="1">1</PMID><Article>
<Journal><JournalIssue><PubDate><Year>2019</Year></PubDate></JournalIssue><Title>J Tests</Title></Journal>
<ArticleTitle>[Magnesium in <i>frail</i> H<sub>2</sub>O &amp; people.]</ArticleTitle>
<Abstract><AbstractText Label="METHODS">We followed 300 &lt; 400.</AbstractText><AbstractText Label="RESULTS">It fell.</AbstractText></Abstract>
<AuthorList><Author><LastName>de la Cruz</LastName><ForeName>Ana B</ForeName></Author><Author><CollectiveName>Friends of Magnesium</CollectiveName></Author></AuthorList>
<PublicationTypeList><PublicationType>Retracted Publication</PublicationType></PublicationTypeList></Article></MedlineCitation>
<PubmedData><ArticleIdList><ArticleId IdType="doi">10.1000/m.1</ArticleId></ArticleIdList></PubmedData></PubmedArticle>
<PubmedArticle><MedlineCitation><PMID>3</PMID><Article><ArticleTitle>Third &b;</ArticleTitle></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>`;

const CSV = `Key,Item Type,Publication Year,Author,Title,Publication Title,DOI,Url,Abstract Note,Manual Tags
A,journalArticle,2020,"Tester, Ada; Sample, Bo","Gulls, at ""bins""",J. Gulls,10.1000/g.1,https://a.org,"Gulls learn.
In two lines.",birds; bins
B,journalArticle,2021.0,NA,Second,,,,Short one.,
`;

const MEDLINE = `PMID- 12345
TI  - Gulls at bins: a
      long title.
AB  - BACKGROUND: Gulls are
      clever. RESULTS: They learn.
FAU - de la Cruz, Ana B
AU  - de la Cruz AB
CN  - Friends of Gulls
DP  - 2019 Mar
JT  - The journal of gulls
LID - 10.1000/g.1 [doi]
PT  - Retracted Publication

PMID- 12346
TI  - Second.
AU  - Smith JA
`;

const ACL = `<?xml version='1.0' encoding='UTF-8'?>
<collection id="2020.acl"><volume id="main"><meta><booktitle>Proceedings of ACL</booktitle><year>2020</year></meta>
<paper id="1"><title><fixed-case>BERT</fixed-case> and gulls</title><author><first>Ada</first><last>Tester</last></author>
<abstract>Gulls learn <tex-math>x^2</tex-math>.</abstract><url hash="a">2020.acl-main.1</url><doi>10.1000/acl.1</doi></paper></volume></collection>`;

const JATS = `<article article-type="research-article"><front><journal-meta><journal-title-group><journal-title>J. Gulls</journal-title></journal-title-group></journal-meta>
<article-meta><article-id pub-id-type="doi">10.1000/j.1</article-id><title-group><article-title>Gulls in JATS</article-title></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>García Tester</surname><given-names>Ada</given-names></name></contrib></contrib-group>
<pub-date><year>2018</year></pub-date><abstract><title>Abstract</title><sec><title>Background</title><p>Frogs call.</p></sec></abstract></article-meta></front>
<body><sec><title>Introduction</title><p>First <xref ref-type="bibr">[1]</xref>here.</p><p>Second.</p></sec><sec><title>Methods</title><p>Third.</p></sec></body></article>`;

const ATOM = `<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/2101.00001v2</id><published>2021-01-01T00:00:00Z</published>
<title>Atom
 gulls</title><summary>  Gulls learn. </summary><author><name>Ada Tester</name></author><category term="cs.CL"/></entry></feed>`;

const ENDNOTE_XML = `<xml><records><record><titles><title><style face="normal">Gulls at bins</style></title><secondary-title>J. Gulls</secondary-title></titles>
<contributors><authors><author>Tester, Ada</author></authors></contributors><dates><year>2020</year></dates><abstract>Gulls learn.</abstract>
<electronic-resource-num>10.1000/g.1</electronic-resource-num></record></records></xml>`;

const MARKDOWN = `---
title: "Gulls in notes"
authors: [Ada Tester, Bo Sample]
date: 2020-05-03
tags:
  - birds
---
# Gulls in notes

## Abstract
Gulls **learn** the [days](https://a.org).

## Introduction
They come to bins.

### Where
In town.

## References
[1] A gull.
`;

const TEXT = `Gulls in plain text

Ada Tester

Abstract

We show that gulls learn the days on which bins are out.

1 Introduction

Gulls are birds. They eat much of what they find.

REFERENCES

[1] A gull.
`;

const FORMATS: [string, string, string, Partial<PaperRecord>[]][] = [
  [
    "BibTeX",
    BIBTEX,
    "library.bib",
    [
      {
        title: "BERT: Pre-training of $k$-gulls & café — a “test”",
        abstract: "We find that gulls learn 5% more. They do so.",
        authors: ["Ada Tester", "Friends of the Gull", "Aäron van den Oord", "Martin King Jr."],
        year: 2019,
        venue: "Journal of Gulls Letters",
        url: "https://a.org/x_y",
        doi: "10.1000/a_b",
        tags: ["birds", "bins"],
      },
      { title: "Preprint", abstract: "", arxivId: "2101.00001", flags: ["retracted"] },
      { title: "Crossed", abstract: "", authors: ["Jörg Müller"], year: 2011, venue: "Proceedings of Tests" },
    ],
  ],
  [
    "RIS",
    RIS,
    "mendeley.txt",
    [
      {
        title: "Gulls at bins",
        abstract: "Gulls learn.\nThey do.",
        authors: ["Aäron van den Oord", "Martin King Jr."],
        year: 2020,
        venue: "J. Gulls",
        url: "https://a.org",
        doi: "10.1000/g.1",
        arxivId: "2101.00001",
        tags: ["birds"],
      },
      { title: "Second", abstract: "Abstract two.", authors: ["World Health Organization"] },
    ],
  ],
  [
    "PubMed's XML",
    PUBMED,
    "efetch",
    [
      {
        title: "Magnesium in frail H₂O & people.",
        abstract: "METHODS: We followed 300 < 400.\n\nRESULTS: It fell.",
        authors: ["Ana B de la Cruz", "Friends of Magnesium"],
        year: 2019,
        venue: "J Tests",
        url: "https://pubmed.ncbi.nlm.nih.gov/1/",
        doi: "10.1000/m.1",
        flags: ["retracted"],
      },
      { title: "Third &b;", abstract: "", url: "https://pubmed.ncbi.nlm.nih.gov/3/" },
    ],
  ],
  [
    "MEDLINE",
    MEDLINE,
    "pubmed.txt",
    [
      {
        title: "Gulls at bins: a long title.",
        abstract: "BACKGROUND: Gulls are clever. RESULTS: They learn.",
        authors: ["Ana B de la Cruz", "Friends of Gulls"],
        year: 2019,
        venue: "The journal of gulls",
        url: "https://pubmed.ncbi.nlm.nih.gov/12345/",
        doi: "10.1000/g.1",
        flags: ["retracted"],
      },
      {
        title: "Second.",
        abstract: "",
        authors: ["Smith JA"],
        url: "https://pubmed.ncbi.nlm.nih.gov/12346/",
      },
    ],
  ],
  [
    "CSV",
    CSV,
    "zotero.txt",
    [
      {
        title: 'Gulls, at "bins"',
        abstract: "Gulls learn.\nIn two lines.",
        authors: ["Tester, Ada", "Sample, Bo"],
        year: 2020,
        venue: "J. Gulls",
        url: "https://a.org",
        doi: "10.1000/g.1",
        tags: ["birds", "bins"],
      },
      { title: "Second", abstract: "Short one.", year: 2021 },
    ],
  ],
  [
    "TSV",
    'Title\tAbstract\tYear\nGulls\tThey learn, "so" they say.\t2020\n'.replaceAll('"', ""),
    "t.tsv",
    [{ title: "Gulls", abstract: "They learn, so they say.", year: 2020 }],
  ],
  [
    "the ACL Anthology",
    ACL,
    "2020.acl.xml",
    [
      {
        title: "BERT and gulls",
        abstract: "Gulls learn $x^2$.",
        authors: ["Ada Tester"],
        year: 2020,
        venue: "Proceedings of ACL",
        url: "https://aclanthology.org/2020.acl-main.1",
        doi: "10.1000/acl.1",
      },
    ],
  ],
  [
    "JATS",
    JATS,
    "pmc.nxml",
    [
      {
        title: "Gulls in JATS",
        abstract: "Background: Frogs call.",
        body: {
          text: "First here.\n\nSecond.\n\nThird.",
          sections: [
            { title: "Introduction", start: 0 },
            { title: "Methods", start: 22 },
          ],
        },
        authors: ["García Tester, Ada"],
        year: 2018,
        venue: "J. Gulls",
        doi: "10.1000/j.1",
      },
    ],
  ],
  [
    "Atom",
    ATOM,
    "query",
    [
      {
        title: "Atom gulls",
        abstract: "Gulls learn.",
        authors: ["Ada Tester"],
        year: 2021,
        url: "http://arxiv.org/abs/2101.00001v2",
        arxivId: "2101.00001",
        tags: ["cs.CL"],
      },
    ],
  ],
  [
    "EndNote's XML",
    ENDNOTE_XML,
    "m.xml",
    [
      {
        title: "Gulls at bins",
        abstract: "Gulls learn.",
        authors: ["Tester, Ada"],
        year: 2020,
        venue: "J. Gulls",
        doi: "10.1000/g.1",
      },
    ],
  ],
  [
    "Markdown",
    MARKDOWN,
    "n.md",
    [
      {
        title: "Gulls in notes",
        abstract: "Gulls learn the days.",
        body: {
          text: "They come to bins.\n\nIn town.",
          sections: [
            { title: "Introduction", start: 0 },
            { title: "Where", start: 20 },
          ],
        },
        authors: ["Ada Tester", "Bo Sample"],
        year: 2020,
        tags: ["birds"],
      },
    ],
  ],
  [
    "plain text",
    TEXT,
    "p.txt",
    [
      {
        title: "Gulls in plain text",
        abstract: "We show that gulls learn the days on which bins are out.",
        body: {
          text: "Gulls are birds. They eat much of what they find.",
          sections: [{ title: "1 Introduction", start: 0 }],
        },
      },
    ],
  ],
];

describe("a format is told by what a file holds", () => {
  it.each(FORMATS)("%s", async (_, text, name, expected) => {
    const { records, problems } = await read(text, name);
    expect(problems).toEqual([]);
    expect(records).toEqual(expected);
  });

  it.each(FORMATS)("%s, as UTF-16 and with Windows' line ends", async (_, text, name, expected) => {
    const wide = `\ufeff${text.replace(/\r?\n/g, "\r\n")}`;
    const folder = temporaryFolder({ [name]: Buffer.from(wide, "utf16le") });
    const items = await collect(readFile(`${folder}/${name}`));
    const titles = items.flatMap((item) => ("record" in item ? [item.record.title] : []));
    expect(titles).toEqual(expected.map(({ title }) => title));
  });

  it.each(["", "Some words.", "\u0000\u0001\u0002", "One line\nand another", "<html><p>x</p></html>"])(
    "%j is none",
    async (text) => {
      const { records, problems } = await read(text, "x.txt");
      expect(records).toEqual([]);
      expect(problems).toHaveLength(1);
    },
  );
});

describe("a record that is broken is told, and those around it come in", () => {
  const entry = (n: number) =>
    `@article{k${n},\n  title = {Title {${n}}},\n  year = 2020,\n  abstract = {Text ${n}.}\n}\n`;
  const article = (n: number) =>
    `<PubmedArticle><Article><ArticleTitle>Title ${n}</ArticleTitle><Abstract><AbstractText>T</AbstractText></Abstract></Article></PubmedArticle>\n`;
  const row = (n: number) => `"Title ${n}","A text, ${n}",2020\n`;
  const ris = (n: number) => `TY  - JOUR\nTI  - Title ${n}\nAB  - T.\nER  - \n`;

  it.each<[string, string, (n: number) => string, (record: string) => string]>([
    ["BibTeX, a brace too few", "", entry, (text) => text.replace("{3}}", "{3}")],
    ["BibTeX, its last brace", "", entry, (text) => text.replace(/\n}\n$/, "\n")],
    ["BibTeX, a brace too many", "", entry, (text) => text.replace("{3}", "{{3}")],
    ["BibTeX, no key", "", entry, (text) => text.replace("k3,\n  title =", "title")],
    [
      "XML, an end that is missing",
      "<PubmedArticleSet>\n",
      article,
      (text) => text.replace("</ArticleTitle>", ""),
    ],
    [
      "XML, the record's end",
      "<PubmedArticleSet>\n",
      article,
      (text) => text.replace("</PubmedArticle>", ""),
    ],
    ["XML, half an end", "<PubmedArticleSet>\n", article, (text) => text.replace("</Abstract>", "</Abstr")],
    ["CSV, a quote too many", "Title,Abstract,Year\n", row, (text) => text.replace("text", '"text')],
    ["CSV, a cell too many", "Title,Abstract,Year\n", row, (text) => text.replace("2020", "2020,x,y")],
    ["RIS, without a title", "", ris, (text) => text.replace("TI  - Title 3\n", "")],
  ])("%s", async (_, head, make, damage) => {
    const damaged = damage(make(3));
    expect(damaged).not.toBe(make(3));
    const text = head + [1, 2].map(make).join("") + damaged + [4, 5, 6].map(make).join("");
    const { titles, problems } = await read(text);
    expect(titles).toEqual([1, 2, 4, 5, 6].map((n) => `Title ${n}`));
    expect(problems).toHaveLength(1);
    expect(problems[0]?.line).toBeGreaterThan(1);
  });

  it("a quote is a mark of the text where it cannot be another", async () => {
    const tsv =
      'Title\tAbstract\nGulls of 5" disks\tThey learn.\nSecond\t"Quoted" words.\n"Third"\t"In ""quotes""."\n';
    expect((await read(tsv)).titles).toEqual(['Gulls of 5" disks', "Second", "Third"]);
    const csv = 'Title,Abstract\nA "small" disk,They learn.\n"The ""second""","x, y"\n';
    expect((await read(csv)).titles).toEqual(['A "small" disk', 'The "second"']);
  });

  it.each([
    ["BibTeX", "", entry],
    ["XML", "<PubmedArticleSet>\n", article],
    ["CSV", "Title,Abstract,Year\n", row],
  ])("%s that is cut off keeps what is before", async (_, head, make) => {
    const text = head + [1, 2, 3].map(make).join("");
    const { titles, problems } = await read(text.slice(0, -12));
    expect(titles).toEqual(["Title 1", "Title 2"]);
    expect(problems).toHaveLength(1);
  });
});
