import { describe, expect, it } from "vitest";
import { readFile } from "../../../../src/corpus/readers/read-file.ts";
import { makePdf, type PdfText } from "../../../support/make-pdf.ts";
import { makeZip } from "../../../support/make-zip.ts";
import { collect } from "../collect.ts";
import { temporaryFolder } from "../temporary-folder.ts";

/** The process that reads documents is the one that `npm run build` made. */
async function read(content: Uint8Array, name = "paper") {
  const items = await collect(readFile(`${temporaryFolder({ [name]: content })}/${name}`));
  return {
    record: items.flatMap((item) => ("record" in item ? [item.record] : []))[0],
    problems: items.flatMap((item) => ("problem" in item ? [item.problem.reason] : [])),
    notes: items.flatMap((item) => ("note" in item ? [item.note.reason] : [])),
  };
}

/** Lines of text from `y` downwards. */
const lines = (texts: readonly string[], x: number, y: number, size = 10, leading = 12): PdfText[] =>
  texts.map((text, at) => ({ text, x, y: y - at * leading, size }));

const OPENING = [
  "Gulls come to bins on the days on which these are out, and we ask how they",
  "learn the schedule of a town. We followed thirty birds over two summers and",
  "counted their visits. They learned the days within three weeks, and forgot",
  "them in winter. Noise did not matter.",
];
const WORDS = [
  "Birds that live in towns find food where people leave it. Earlier work holds",
  "that they follow one another, but no one has shown how the first of them knows. We pro-",
  "pose that they count, and that the count is of nights. A well-known effect of",
  "light was not found here. The sched-",
];
const MORE = [
  "ule of the town was changed once, and the birds changed with it in nine days.",
  "Others did not come back.",
];

function paperPages(columns: 1 | 2): PdfText[][] {
  const head: PdfText[] = [
    { text: "arXiv:2101.00001v2 [q-bio.PE] 3 Jan 2021", x: 20, y: 200, size: 20, upright: true },
    { text: "Journal of Town Birds, Vol. 3", x: 72, y: 760, size: 8 },
    { text: "How Gulls Learn the Days", x: 150, y: 700, size: 17, font: "bold" },
    { text: "of Bins in a Town", x: 190, y: 680, size: 17, font: "bold" },
    { text: "Ada Tester", x: 150, y: 650, size: 12 },
    { text: "1,*", x: 206, y: 654, size: 7 },
    { text: ", Bo van den Sample", x: 218, y: 650, size: 12 },
    { text: "2", x: 322, y: 654, size: 7 },
    { text: "1 Institute of Examples, 2 University of Tests", x: 150, y: 632, size: 9 },
    { text: "ada@example.org", x: 150, y: 620, size: 9 },
    { text: "Abstract", x: 280, y: 596, size: 11, font: "bold" },
    ...lines(OPENING, 90, 578, 9, 11),
  ];
  const number = (page: number): PdfText => ({ text: String(page), x: 300, y: 40, size: 9 });
  const running = (page: number): PdfText => ({ text: `Tester and Sample ${page}`, x: 72, y: 760, size: 8 });
  const intro: PdfText = { text: "1 Introduction", x: 72, y: 510, size: 12, font: "bold" };
  const filler = (from: number) =>
    Array.from({ length: 12 }, (_, at) => `The gull of row ${from + at} was seen again`);
  if (columns === 1) {
    return [
      [...head, intro, ...lines(WORDS, 72, 490), number(1)],
      [
        running(2),
        ...lines(MORE, 72, 720),
        { text: "2 Methods", x: 72, y: 670, size: 12, font: "bold" },
        ...lines(["We used rings and cameras."], 72, 650),
        number(2),
      ],
      [
        running(3),
        ...lines(["And one more page of text is here to be read."], 72, 720),
        { text: "References", x: 72, y: 670, size: 12, font: "bold" },
        ...lines(["[1] A. Gull. On gulls. 2001."], 72, 650),
        number(3),
      ],
    ];
  }
  const narrow = (texts: readonly string[], x: number, y: number) => lines(texts, x, y, 9, 11);
  return [
    [...head, intro, ...narrow(filler(1), 72, 490), ...narrow(filler(13), 330, 510), number(1)],
    // Set across: the right column first.
    [
      running(2),
      ...narrow(filler(37), 330, 720),
      ...narrow(filler(25), 72, 720),
      { text: "2 Methods", x: 72, y: 560, size: 12, font: "bold" },
      ...narrow(["We used rings."], 72, 545),
      number(2),
    ],
    [
      running(3),
      ...narrow(["The end."], 72, 720),
      { text: "References", x: 72, y: 690, size: 12, font: "bold" },
      ...narrow(["[1] A. Gull."], 72, 670),
      number(3),
    ],
  ];
}

describe("a PDF", () => {
  it("gives title, authors, abstract and its text with sections and pages", async () => {
    const { record, problems } = await read(makePdf(paperPages(1), { Title: "Microsoft Word - x.doc" }));
    expect(problems).toEqual([]);
    expect(record).toMatchObject({
      title: "How Gulls Learn the Days of Bins in a Town",
      abstract: OPENING.join(" "),
      authors: ["Ada Tester", "Bo van den Sample"],
      year: 2021,
      arxivId: "2101.00001",
    });
    const { text, pages = [], sections } = record?.body ?? { text: "", sections: [] };
    expect(text).toBe(
      "Birds that live in towns find food where people leave it. Earlier work holds that they follow one another, but " +
        "no one has shown how the first of them knows. We propose that they count, and that the count is of nights. A " +
        "well-known effect of light was not found here. The schedule of the town was changed once, and the birds changed " +
        "with it in nine days. Others did not come back.\n\nWe used rings and cameras.\n\nAnd one more page of text is here to be read.",
    );
    expect(sections.map(({ title, start }) => [title, text.slice(start, start + 8)])).toEqual([
      ["1 Introduction", "Birds th"],
      ["2 Methods", "We used "],
    ]);
    expect(pages.map((start) => text.slice(start, start + 10))).toEqual([
      "Birds that",
      "ule of the",
      "And one mo",
    ]);
  });

  it("is read column by column", async () => {
    const { record } = await read(makePdf(paperPages(2)));
    expect(record?.title).toBe("How Gulls Learn the Days of Bins in a Town");
    expect(record?.abstract).toBe(OPENING.join(" "));
    const rows = [...(record?.body?.text ?? "").matchAll(/row (\d+)/g)].map(([, row]) => Number(row));
    expect(rows).toEqual(Array.from({ length: 48 }, (_, at) => at + 1));
    expect(record?.body?.text).not.toMatch(/Tester|A\. Gull/);
  });

  it.each<[string, PdfText[]]>([
    ["in one line with its word", lines([`Abstract. ${OPENING[0]}`, ...OPENING.slice(1)], 90, 578, 9, 11)],
    ["behind a dash", lines([`Abstract\u0097${OPENING[0]}`, ...OPENING.slice(1)], 90, 578, 9, 11)],
    ["without its word", lines(OPENING, 90, 578, 9, 11)],
  ])("may have its abstract %s", async (_, abstract) => {
    const [first = [], ...others] = paperPages(1);
    const isAbstract = ({ text }: PdfText) => text === "Abstract" || OPENING.includes(text);
    const { record } = await read(
      makePdf([[...first.filter((text) => !isAbstract(text)), ...abstract], ...others]),
    );
    expect(record?.abstract).toBe(OPENING.join(" "));
    expect(record?.authors).toEqual(["Ada Tester", "Bo van den Sample"]);
    expect(record?.body?.text).toMatch(/^Birds that live in towns/);
  });

  it("is read column by column on its last page too, which holds a few lines", async () => {
    const [first = [], second = [], third = []] = paperPages(2);
    const right = lines(["The gull of row 49 was seen again"], 330, 720, 9, 11);
    const { record } = await read(makePdf([first, second, [...third, ...right]]));
    expect(record?.body?.text).toMatch(/The end\.$/);
    expect(record?.body?.text).not.toMatch(/A\. Gull|row 49/);
  });

  it("without text says that it is scanned", async () => {
    expect((await read(makePdf([[], []]))).problems).toEqual([
      "holds pictures of its 2 pages and no text: have the text recognised (OCR) first",
    ]);
  });

  it.each<[string, (pdf: Buffer) => Buffer]>([
    ["is cut off at its head", (pdf) => pdf.subarray(0, 60)],
    ["is none", () => Buffer.from("%PDF-1.7\nnothing of it")],
    [
      "says that it is encrypted",
      (pdf) =>
        Buffer.from(
          pdf
            .toString("latin1")
            .replace(
              "/Root",
              "/Encrypt << /Filter /Standard /V 1 /R 2 /O (aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) /U (bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb) /P -4 >> /ID [(a)(a)] /Root",
            ),
          "latin1",
        ),
    ],
  ])("that %s is named, and the next one is read", async (_, damage) => {
    const { record, problems } = await read(damage(makePdf(paperPages(1))));
    expect(record).toBeUndefined();
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/is encrypted|is no PDF that can be read|cut off|holds pictures/);
    expect((await read(makePdf(paperPages(1)))).record?.title).toBe(
      "How Gulls Learn the Days of Bins in a Town",
    );
  });
});

const paragraph = (text: string, style?: string) =>
  `<w:p>${style === undefined ? "" : `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`}<w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
const docx = (body: string) =>
  makeZip({
    "[Content_Types].xml": "<Types/>",
    "word/document.xml": `<?xml version="1.0"?><w:document xmlns:w="w"><w:body>${body}</w:body></w:document>`,
    "word/styles.xml":
      '<w:styles><w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style></w:styles>',
    "docProps/core.xml":
      "<cp:coreProperties><dc:title>Other</dc:title><dc:creator>Ada Tester; Bo Sample</dc:creator></cp:coreProperties>",
  });

describe("a Word document", () => {
  it("is read by its styles, in Word's own language", async () => {
    const { record, problems } = await read(
      docx(
        [
          paragraph("Gulls &amp; bins", "Title"),
          paragraph("Abstract", "berschrift1"),
          `<w:p><w:r><w:t>Gulls </w:t></w:r><w:r><w:t>learn.</w:t></w:r><w:del><w:r><w:delText>Not this.</w:delText></w:r></w:del></w:p>`,
          paragraph("Introduction", "berschrift1"),
          paragraph("They come to bins."),
          paragraph("References", "berschrift1"),
          paragraph("[1] A gull."),
        ].join(""),
      ),
    );
    expect(problems).toEqual([]);
    expect(record).toEqual({
      title: "Gulls & bins",
      abstract: "Gulls learn.",
      authors: ["Ada Tester", "Bo Sample"],
      body: { text: "They come to bins.", sections: [{ title: "Introduction", start: 0 }] },
    });
  });
});

const chapter = (body: string) =>
  `<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>${body}</body></html>`;
const EPUB = {
  mimetype: "application/epub+zip",
  "META-INF/container.xml": '<container><rootfiles><rootfile full-path="OPS/p.opf"/></rootfiles></container>',
  "OPS/p.opf":
    '<package><metadata><dc:title>Gulls</dc:title><dc:creator>Ada Tester</dc:creator><dc:date>2020-01-01</dc:date></metadata><manifest><item id="a" href="a%20b.xhtml"/><item id="b" href="b.xhtml"/><item id="c" href="../../etc/passwd"/></manifest><spine><itemref idref="b"/><itemref idref="a"/><itemref idref="c"/></spine></package>',
  "OPS/a b.xhtml": chapter("<h2>Second</h2><p>They come.</p>"),
  "OPS/b.xhtml": chapter("<h2>Abstract</h2><p>Gulls <i>learn</i>.</p>"),
};

describe("an EPUB", () => {
  it("is read in the order of its spine", async () => {
    const { record, problems } = await read(makeZip(EPUB));
    expect(problems).toEqual([]);
    expect(record).toEqual({
      title: "Gulls",
      abstract: "Gulls learn.",
      authors: ["Ada Tester"],
      year: 2020,
      body: { text: "They come.", sections: [{ title: "Second", start: 0 }] },
    });
  });

  it.each<[string, Buffer, RegExp]>([
    [
      "swells",
      makeZip({ ...EPUB, "OPS/p.opf": Buffer.alloc(80 << 20, " ") }),
      /inflates to more than 64 MiB/,
    ],
    ["is cut off", makeZip(EPUB).subarray(0, 200), /cut off/],
    ["names no contents", makeZip({ mimetype: "application/epub+zip", x: "y" }), /names no contents/],
  ])("that %s is named", async (_, content, reason) => {
    const { record, problems } = await read(content);
    expect(record).toBeUndefined();
    expect(problems).toEqual([expect.stringMatching(reason)]);
  });
});
