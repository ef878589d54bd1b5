import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Draft } from "../../record/draft.ts";
import { blocksDraft } from "../blocks-draft.ts";
import { type PageLine, type PagePiece, pageLines } from "./page-lines.ts";
import { bodyOf, pdfBlocks } from "./pdf-blocks.ts";
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
  const pdf = await open(bytes);
  try {
    const notes: string[] = [];
    const pages: PageLine[][] = [];
    let [upright, letters, height] = ["", 0, 792];
    const count = Math.min(pdf.numPages, MOST_PAGES);
    if (pdf.numPages > MOST_PAGES) notes.push(`has ${pdf.numPages} pages, the first ${MOST_PAGES} are read`);
    for (let number = 1; number <= count; number++) {
      const read = await readPage(pdf, number, hasColumns(pages.at(-1))).catch(() => undefined);
      if (read === undefined) {
        notes.push(`page ${number} cannot be read`);
        continue;
      }
      if (number === 1) [upright, height] = [read.upright, read.height];
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

const hasColumns = (lines: readonly PageLine[] | undefined): boolean =>
  lines?.some(({ column }) => column === 2) === true;

const scanned = (pages: number): string =>
  `holds pictures of its ${pages === 1 ? "page" : `${pages} pages`} and no text: have the text recognised (OCR) first`;

function draftOf(
  pages: readonly (readonly PageLine[])[],
  height: number,
  facts: Parameters<typeof pdfHead>[3],
): Draft {
  const body = bodyOf(pages.flat());
  const head = pdfHead(pages[0] ?? [], body.size, height, facts);
  const used = new Set(head.used);
  const rest = pages.map((page) => page.filter((line) => !used.has(line)));
  const blocks = pdfBlocks(rest, height);
  if (head.title === undefined) return blocksDraft(blocks, head);
  return blocksDraft([{ kind: "heading", text: head.title, page: 1 }, ...blocks], head);
}

async function readPage(
  pdf: Awaited<ReturnType<typeof open>>,
  number: number,
  goesOn: boolean,
): Promise<{ lines: PageLine[]; upright: string; height: number }> {
  const page = await pdf.getPage(number);
  const [x0 = 0, y0 = 0, x1 = 612, y1 = 792] = page.view as number[];
  const { items } = await page.getTextContent();
  const pieces: PagePiece[] = [];
  let upright = "";
  for (const item of items as TextItem[]) {
    if (typeof item.str !== "string" || item.str === "") continue;
    const [a = 1, b = 0, c = 0, d = 1, x = 0, y = 0] = item.transform;
    const size = Math.hypot(c, d) || Math.hypot(a, b);
    if (Math.abs(b) > Math.abs(a)) upright += `${item.str} `;
    else if (size > 0)
      pieces.push({ text: item.str, x: x - x0, y: y - y0, width: item.width, size, font: item.fontName });
  }
  page.cleanup();
  return { lines: pageLines(pieces, number, x1 - x0, goesOn), upright, height: y1 - y0 };
}

/** Nothing is drawn, so what drawing needs of a browser is only named. */
function nameBrowser(): void {
  const scope = globalThis as unknown as Record<string, unknown>;
  for (const name of ["DOMMatrix", "Path2D", "ImageData"]) scope[name] ??= class {};
}

async function open(bytes: Uint8Array) {
  nameBrowser();
  const pdfjs = await import("pdfjs-dist/legacy/build/pdf.mjs");
  const home = path.dirname(createRequire(import.meta.url).resolve("pdfjs-dist/package.json"));
  const folder = (name: string) => `${pathToFileURL(path.join(home, name)).href}/`.replace("file://", "");
  const task = pdfjs.getDocument({
    data: bytes,
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    stopAtErrors: false,
    verbosity: 0,
    cMapUrl: folder("cmaps"),
    cMapPacked: true,
    standardFontDataUrl: folder("standard_fonts"),
  });
  try {
    return await task.promise;
  } catch (error) {
    const name = error instanceof Error ? error.name : "";
    if (name === "PasswordException") throw new Error("is encrypted: save a copy without a password");
    throw new Error(
      `is no PDF that can be read, or is cut off (${error instanceof Error ? error.message : String(error)})`,
    );
  }
}
