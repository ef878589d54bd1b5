import type { Draft } from "../../record/draft.ts";
import { blocksDraft } from "../blocks-draft.ts";
import { bodyOf } from "./line-kinds.ts";
import { openPdf } from "./open-pdf.ts";
import type { Gutter } from "./page-gutters.ts";
import { type PageLine, pageLines, type ReadPage } from "./page-lines.ts";
import type { PagePiece } from "./page-piece.ts";
import { pdfBlocks } from "./pdf-blocks.ts";
import { pdfHead } from "./pdf-head.ts";

/** Pages that are read; a thesis has some hundreds. */
const MOST_PAGES = 1000;
/** Letters that are read: twice what is kept of a text. */
const MOST_LETTERS = 1_000_000;
/** Letters a page below which it is a picture. */
const LEAST_LETTERS = 50;
/** Pages that are looked at for text before a file counts as scanned. */
const TRIED_PAGES = 20;

interface TextItem {
  readonly str: string;
  readonly transform: readonly number[];
  readonly width: number;
  readonly fontName: string;
}

/** The paper in a PDF: by the sizes on its first page and the places of its lines. @throws Error that says why there is none */
export async function readPdf(bytes: Uint8Array): Promise<{ draft: Draft; notes: string[] }> {
  const pdf = await openPdf(bytes);
  try {
    const notes: string[] = [];
    const pages: PageLine[][] = [];
    let [upright, letters, height] = ["", 0, 792];
    let gutters: readonly Gutter[] = [];
    const count = Math.min(pdf.numPages, MOST_PAGES);
    if (pdf.numPages > MOST_PAGES) notes.push(`has ${pdf.numPages} pages, the first ${MOST_PAGES} are read`);
    for (let number = 1; number <= count; number++) {
      const read = await readPage(pdf, number, gutters).catch(() => undefined);
      if (read === undefined) {
        notes.push(`page ${number} cannot be read`);
        continue;
      }
      if (number <= 2) upright += read.upright;
      if (number === 1) height = read.height;
      gutters = read.gutters;
      pages.push(read.lines);
      letters += read.lines.reduce((sum, { text }) => sum + text.length, 0);
      if (number === Math.min(TRIED_PAGES, count) && letters < LEAST_LETTERS * number)
        throw new Error(scanned(pdf.numPages));
      if (letters > MOST_LETTERS) {
        notes.push(
          `pages behind ${number} are left out: ${MOST_LETTERS.toLocaleString("en")} letters are read`,
        );
        break;
      }
    }
    const info = await pdf.getMetadata().then(
      ({ info: given }) => given as Record<string, unknown>,
      () => ({}) as Record<string, unknown>,
    );
    const text = (name: string) => (typeof info[name] === "string" ? info[name] : undefined);
    return {
      draft: draftOf(pages, height, { title: text("Title"), author: text("Author"), upright }),
      notes,
    };
  } finally {
    await pdf.destroy();
  }
}

const scanned = (pages: number): string =>
  `holds pictures of its ${pages === 1 ? "page" : `${pages} pages`} and no text: have the text recognised (OCR) first`;

function draftOf(
  pages: readonly (readonly PageLine[])[],
  height: number,
  facts: Parameters<typeof pdfHead>[3],
): Draft {
  const body = bodyOf(pages.flat());
  const head = pdfHead(pages, body, height, facts);
  const used = new Set(head.used);
  const rest = pages.map((page) => page.filter((line) => !used.has(line)));
  const blocks = pdfBlocks(rest, height);
  if (head.title === undefined) return blocksDraft(blocks, head);
  return blocksDraft([{ kind: "heading", text: head.title, page: 1 }, ...blocks], head);
}

async function readPage(
  pdf: Awaited<ReturnType<typeof openPdf>>,
  number: number,
  before: readonly Gutter[],
): Promise<ReadPage & { upright: string; height: number }> {
  const page = await pdf.getPage(number);
  // As the page is shown: turned, and cut.
  const { transform, width, height } = page.getViewport({ scale: 1 });
  const { items } = await page.getTextContent();
  const pieces: PagePiece[] = [];
  let upright = "";
  for (const item of items as TextItem[]) {
    if (typeof item.str !== "string" || item.str === "") continue;
    const [a, b, c, d, x, y] = times(transform as number[], item.transform);
    const size = Math.hypot(c, d) || Math.hypot(a, b);
    if (Math.abs(b) > Math.abs(a)) upright += `${item.str} `;
    else if (size > 0)
      pieces.push({ text: item.str, x, y: height - y, width: item.width, size, font: item.fontName });
  }
  page.cleanup();
  return { ...pageLines(pieces, number, width, before), upright, height };
}

type Matrix = readonly [a: number, b: number, c: number, d: number, x: number, y: number];

/** One change of coordinates behind another. */
function times(outer: readonly number[], inner: readonly number[]): Matrix {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = outer;
  const [p = 1, q = 0, r = 0, s = 1, x = 0, y = 0] = inner;
  return [a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * x + c * y + e, b * x + d * y + f];
}
