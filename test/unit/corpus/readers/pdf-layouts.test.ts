import { describe, expect, it } from "vitest";
import { bodyPassages, excerptOf, originOf } from "../../../../src/corpus/excerpt.ts";
import { readFile } from "../../../../src/corpus/readers/read-file.ts";
import { makePdf, type PdfText } from "../../../support/make-pdf.ts";
import { collect } from "../collect.ts";
import { temporaryFolder } from "../temporary-folder.ts";

async function read(pages: readonly (readonly PdfText[])[], info: Record<string, string> = {}) {
  const folder = temporaryFolder({ paper: makePdf(pages, info) });
  const items = await collect(readFile(`${folder}/paper`));
  return items.flatMap((item) => ("record" in item ? [item.record] : []))[0];
}

const lines = (texts: readonly string[], x: number, y: number, size = 10, leading = 12): PdfText[] =>
  texts.map((text, at) => ({ text, x, y: y - at * leading, size }));
const TITLE = "How Gulls Learn the Days of Bins";
const ABSTRACT = [
  "Gulls come to bins on the days on which these are out, and we ask how they",
  "learn the schedule of a town. We followed thirty birds over two summers and",
  "counted their visits. They learned the days within three weeks.",
];
const BODY = [
  "Birds that live in towns find food where people leave it, and some of these",
  "places change. Earlier work holds that birds follow one another to the food,",
  "but it was not asked how the first of them knows where it will be. We propose",
  "that they count the nights, and that nothing else is needed for that.",
];
const FIRST: PdfText[] = [
  { text: TITLE, x: 150, y: 700, size: 17, font: "bold" },
  { text: "Ada Tester, Bo Sample", x: 220, y: 670, size: 11 },
  { text: "Abstract", x: 280, y: 640, size: 11, font: "bold" },
  ...lines(ABSTRACT, 100, 622),
  { text: "1 Introduction", x: 72, y: 560, size: 12, font: "bold" },
  ...lines(BODY, 72, 540),
];

/** Each word by itself, at the place at which Times would have it. */
const byWords = (texts: readonly PdfText[]): PdfText[] =>
  texts.flatMap((line) => {
    let x = line.x;
    return line.text.split(" ").map((text) => {
      const word = { ...line, text, x };
      x += (text.length + 1) * line.size * 0.62;
      return word;
    });
  });

const isPaper = (record: Awaited<ReturnType<typeof read>>) => {
  expect(record?.title).toBe(TITLE);
  expect(record?.authors).toEqual(["Ada Tester", "Bo Sample"]);
  expect(record?.abstract).toBe(ABSTRACT.join(" "));
  expect(record?.body?.text.replace(/\s+/g, " ")).toBe(BODY.join(" "));
};

describe("a PDF is read as it looks", () => {
  it("whatever the order in which its words are drawn", async () => {
    isPaper(await read([[...FIRST].reverse()]));
    const words = byWords(FIRST);
    const shuffled = words.map((_, at) => words[(at * 37) % words.length] as PdfText);
    expect(new Set(shuffled).size).toBe(words.length);
    isPaper(await read([shuffled]));
  });

  it("without the numbers of its lines", async () => {
    const numbers = FIRST.map(({ y }, at) => ({
      text: String(at + 1).padStart(3, "0"),
      x: 40,
      y,
      size: 7,
      font: "helvetica" as const,
    }));
    isPaper(await read([[...FIRST, ...numbers]]));
  });

  it("behind the cover of an archive", async () => {
    const cover: PdfText[] = [
      { text: "University Repository of Exampletown", x: 72, y: 720, size: 20, font: "bold" },
      { text: `Title: ${TITLE}`, x: 72, y: 600, size: 11 },
      { text: "Version: accepted manuscript", x: 72, y: 580, size: 11 },
    ];
    const record = await read([cover, FIRST]);
    isPaper(record);
    expect(record?.body?.pages).toEqual([0, 0]);
  });

  it("with a large first letter, and a word whose letters stand apart", async () => {
    const spread = FIRST.map((line) =>
      line.text === "Abstract" ? { ...line, text: "A B S T R A C T" } : line,
    );
    const initial = spread.flatMap((line): PdfText[] =>
      line.text === BODY[0]
        ? [
            { ...line, text: "B", size: 30, y: line.y - 14 },
            { ...line, text: line.text.slice(1), x: line.x + 21 },
          ]
        : [line],
    );
    isPaper(await read([initial]));
  });

  it("with a sentence whole, over a footnote, a page's end and a caption", async () => {
    const next = lines(["that they count the nights, and that nothing else is needed for that."], 72, 640);
    const record = await read([
      [...FIRST.slice(0, -1), { text: "1 The birds wore rings of two colours.", x: 72, y: 90, size: 8 }],
      [...lines(["Figure 1: Gulls of the town in two summers."], 72, 700), ...next],
    ]);
    const { text = "", pages = [] } = record?.body ?? {};
    expect(text).toContain(BODY.join(" "));
    expect(text.slice(pages[1])).toMatch(/^that they count/);
    expect(text.indexOf("rings of two")).toBeLessThan(pages[1] ?? 0);
  });

  it("and a sentence's page is its own, not its passage's", async () => {
    const second = "Others of them were seen on the quays of the town in the last days of the summer.";
    const record = await read([FIRST, lines([second], 72, 700)]);
    const body = record?.body ?? { text: "", sections: [] };
    const [span] = bodyPassages({ ...body, text: body.text });
    const paper = { id: "p", title: TITLE, abstract: "", source: "s", revision: "r" };
    const excerpt = excerptOf(paper as never, body, [span ?? { start: 0, end: 0 }]);
    const at = excerpt.abstract.indexOf(second);
    expect(originOf(excerpt, { start: 0, end: 10 }).page).toBe(1);
    expect(originOf(excerpt, { start: at, end: at + 10 }).page).toBe(2);
  });
});
