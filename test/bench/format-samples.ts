/** Files of each format with twelve records, and what damages one of them. */
import { makePdf } from "../support/make-pdf.ts";
import { makeZip } from "../support/make-zip.ts";

export interface Sample {
  /** The file's name. */
  readonly name: string;
  readonly head: string;
  readonly records: readonly { readonly title: string; readonly text: string }[];
  readonly tail: string;
  /** A file that is one paper: nothing of it is to be kept, it is to be told. */
  readonly whole?: Buffer;
}

const COUNT = 12;
/** What stands in all formats for something, and what breaks encodings. */
const SPLINTERS = [
  "{",
  "}",
  "[",
  "]",
  '"',
  "'",
  "<",
  ">",
  "&",
  "\\",
  ",",
  ";",
  "\n",
  "\r\n",
  "\t",
  "@",
  "#",
  "%",
  "$",
  "=",
  "\u0000",
  "\ufeff",
  "é",
  "</",
  "/>",
  "<!--",
  "]]>",
  "{{{{",
  '"""',
  "&#x0;",
  "\\u00",
  "- ",
  "  - ",
];

const title = (n: number) => `Gulls of town ${n} learn the days`;
const abstract = (n: number) =>
  `We find that gulls of town ${n} learn. They do so in ${n + 2} weeks, and forget in winter.`;
const sample = (name: string, make: (n: number) => string, head = "", tail = ""): Sample => ({
  name,
  head,
  tail,
  records: Array.from({ length: COUNT }, (_, n) => ({ title: title(n), text: make(n) })),
});
const own = (n: number) => ({
  title: title(n),
  abstract: abstract(n),
  authors: ["Ada Tester", "Bo Sample"],
  year: 2000 + n,
  doi: `10.1000/g.${n}`,
});

export const SAMPLES: readonly Sample[] = [
  sample("own.jsonl", (n) => `${JSON.stringify(own(n))}\n`),
  sample(
    "arxiv.json",
    (n) =>
      `${JSON.stringify({ id: `21${10 + n}.00001`, authors: "Ada Tester", title: title(n), categories: "cs.CL cs.AI", abstract: abstract(n), versions: [{ version: "v1", created: "Mon, 2 Apr 2007 19:18:42 GMT" }], authors_parsed: [["Tester", "Ada", ""]] })}\n`,
  ),
  sample(
    "openalex.ndjson",
    (n) =>
      `${JSON.stringify({
        id: `https://openalex.org/W${n}`,
        title: title(n),
        publication_year: 2020,
        authorships: [{ author: { display_name: "Ada Tester" } }],
        abstract_inverted_index: Object.fromEntries(
          abstract(n)
            .split(" ")
            .map((word, at) => [word + at, [at]]),
        ),
      })}\n`,
  ),
  sample("list.json", (n) => `${n === 0 ? "" : ",\n"}${JSON.stringify(own(n), null, 2)}`, "[", "]"),
  sample(
    "crossref.json",
    (n) =>
      `${n === 0 ? "" : ","}${JSON.stringify({ DOI: `10.1000/c.${n}`, title: [title(n)], abstract: `<jats:p>${abstract(n)}</jats:p>`, author: [{ given: "Ada", family: "Tester" }], issued: { "date-parts": [[2021, 5, 3]] }, "container-title": ["J"] })}`,
    '{"status":"ok","message":{"items":[',
    "]}}",
  ),
  sample(
    "csl.json",
    (n) =>
      `${n === 0 ? "" : ",\n  "}${JSON.stringify({ id: `k${n}`, type: "article-journal", title: title(n), abstract: abstract(n), author: [{ family: "Tester", given: "Ada" }], issued: { "date-parts": [[2020]] } })}`,
    "[\n  ",
    "\n]\n",
  ),
  sample(
    "library.bib",
    (n) =>
      `@article{k${n},\n  author = {Tester, Ada and {Gull Watch}},\n  title = {${title(n)}},\n  year = ${2000 + n},\n  abstract = {${abstract(n)}},\n  doi = {10.1000/b.${n}}\n}\n\n`,
  ),
  sample(
    "export.ris",
    (n) =>
      `TY  - JOUR\r\nTI  - ${title(n)}\r\nAU  - Tester, Ada\r\nPY  - 2020\r\nAB  - ${abstract(n)}\r\nER  - \r\n\r\n`,
  ),
  sample(
    "pubmed.nbib",
    (n) => `PMID- ${n + 1}\nTI  - ${title(n)}\nAB  - ${abstract(n)}\nFAU - Tester, Ada\nDP  - 2020 Mar\n\n`,
  ),
  sample(
    "export.csv",
    (n) => `${n},"${title(n)}","Tester, Ada","${abstract(n)}",2020\n`,
    "Key,Title,Author,Abstract Note,Publication Year\n",
  ),
  sample("export.tsv", (n) => `${n}\t${title(n)}\t${abstract(n)}\n`, "Key\tTitle\tAbstract\n"),
  sample(
    "pubmed.xml",
    (n) =>
      `<PubmedArticle><MedlineCitation><PMID>${n}</PMID><Article><ArticleTitle>${title(n)}</ArticleTitle><Abstract><AbstractText>${abstract(n)}</AbstractText></Abstract><AuthorList><Author><LastName>Tester</LastName><ForeName>Ada</ForeName></Author></AuthorList></Article></MedlineCitation></PubmedArticle>\n`,
    "<?xml version='1.0'?>\n<PubmedArticleSet>\n",
    "</PubmedArticleSet>\n",
  ),
  sample(
    "acl.xml",
    (n) =>
      `<paper id="${n}"><title>${title(n)}</title><author><first>Ada</first><last>Tester</last></author><abstract>${abstract(n)}</abstract></paper>\n`,
    "<?xml version='1.0'?>\n<collection id='2020.acl'><volume id='main'><meta><booktitle>ACL</booktitle></meta>\n",
    "</volume></collection>\n",
  ),
  sample(
    "jats.xml",
    (n) =>
      `<article><front><article-meta><title-group><article-title>${title(n)}</article-title></title-group><abstract><p>${abstract(n)}</p></abstract></article-meta></front><body><sec><title>Introduction</title><p>Text.</p></sec></body></article>\n`,
    "<?xml version='1.0'?>\n<pmc-articleset>\n",
    "</pmc-articleset>\n",
  ),
  sample(
    "feed.xml",
    (n) =>
      `<entry><id>http://arxiv.org/abs/21${10 + n}.00001v1</id><title>${title(n)}</title><summary>${abstract(n)}</summary><author><name>Ada Tester</name></author></entry>\n`,
    '<feed xmlns="http://www.w3.org/2005/Atom">\n',
    "</feed>\n",
  ),
  one("paper.pdf", pdf()),
  one("paper.docx", docx()),
  one("book.epub", epub()),
  one(
    "notes.md",
    Buffer.from(`# ${title(0)}\n\n## Abstract\n\n${abstract(0)}\n\n## Introduction\n\n${abstract(1)}\n`),
  ),
];

function one(name: string, whole: Buffer): Sample {
  return { name, head: "", records: [], tail: "", whole };
}

function pdf(): Buffer {
  const lines = (texts: string[], y: number) =>
    texts.map((text, at) => ({ text, x: 72, y: y - 12 * at, size: 10 }));
  return makePdf([
    [
      { text: title(0), x: 72, y: 700, size: 17 },
      { text: "Abstract", x: 72, y: 660, size: 12 },
      ...lines([abstract(0), abstract(1)], 640),
    ],
    lines([abstract(2), abstract(3)], 700),
  ]);
}

function docx(): Buffer {
  const paragraphs = [title(0), "Abstract", abstract(0), "Introduction", abstract(1)].map(
    (text) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`,
  );
  return makeZip({
    "[Content_Types].xml": "<Types/>",
    "word/document.xml": `<w:document><w:body>${paragraphs.join("")}</w:body></w:document>`,
  });
}

function epub(): Buffer {
  return makeZip({
    mimetype: "application/epub+zip",
    "META-INF/container.xml": '<container><rootfiles><rootfile full-path="p.opf"/></rootfiles></container>',
    "p.opf": `<package><metadata><dc:title>${title(0)}</dc:title></metadata><manifest><item id="a" href="a.xhtml"/></manifest><spine><itemref idref="a"/></spine></package>`,
    "a.xhtml": `<html><body><p>${abstract(0)}</p><p>${abstract(1)}</p></body></html>`,
  });
}

/** The file with one record damaged in one to four places, and the titles of the others. */
export function damaged(
  { head, records, tail, whole }: Sample,
  random: () => number,
): { content: Buffer; others: string[] } {
  if (whole !== undefined) return { content: damagedBytes(whole, random), others: [] };
  const at = Math.floor(random() * records.length);
  const text = records
    .map((record, n) => (n === at ? damagedText(record.text, random) : record.text))
    .join("");
  return {
    content: Buffer.from(head + text + tail),
    others: records.filter((_, n) => n !== at).map((record) => record.title),
  };
}

/** What parts records is no part of one, and stays. */
function damagedText(whole: string, random: () => number): string {
  const end = whole.trimEnd().length;
  let made = whole.slice(0, end);
  for (let count = 1 + Math.floor(random() * 4); count > 0; count--) {
    const place = Math.floor(random() * made.length);
    const splinter = SPLINTERS[Math.floor(random() * SPLINTERS.length)] ?? "";
    const length = 1 + Math.floor(random() * 12);
    const kind = random();
    if (kind < 0.3) made = made.slice(0, place) + made.slice(place + length);
    else if (kind < 0.7) made = made.slice(0, place) + splinter + made.slice(place);
    else if (kind < 0.85) made = made.slice(0, place) + made.slice(place, place + 30) + made.slice(place);
    else made = made.slice(0, place) + splinter + made.slice(place + 1);
  }
  return made + whole.slice(end);
}

function damagedBytes(bytes: Buffer, random: () => number): Buffer {
  const made = Buffer.from(bytes);
  if (random() < 0.2) return made.subarray(0, Math.floor(random() * made.length));
  for (let count = 1 + Math.floor(random() * 12); count > 0; count--) {
    made[Math.floor(random() * made.length)] = Math.floor(random() * 256);
  }
  return made;
}
