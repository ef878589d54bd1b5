/** Papers as PDFs in many layouts, made of the papers that come along, with what is to be read of them. */
import { seededRandom } from "../../src/util/statistics.ts";
import { makePdf, type PdfText } from "../support/make-pdf.ts";

export interface SourcePaper {
  readonly title: string;
  readonly abstract: string;
}

export interface PdfSample {
  readonly name: string;
  readonly title: string;
  readonly abstract: string;
  readonly authors: readonly string[];
  /** Paragraphs of the body. */
  readonly body: readonly string[];
  readonly pdf: Buffer;
}

const AUTHORS = ["Ada Tester", "Bo van den Sample", "Carla M. Muster", "Jean-Pierre Exemple"];
const HEADINGS = ["Introduction", "Method", "Results", "Discussion"];
const [WIDTH, TOP, BOTTOM] = [612, 720, 70];

/** Thousandths of its size that a letter of Times is wide, from the space to the tilde; bold is a little wider. */
const TIMES =
  "250 333 408 500 500 833 778 180 333 333 500 564 250 333 250 278 500 500 500 500 500 500 500 500 500 500 278 278 564 564 564 444 921 722 667 667 722 611 556 722 722 333 389 722 611 889 722 722 556 722 667 556 611 722 722 944 722 722 611 333 278 333 469 500 333 444 500 444 500 444 333 500 500 278 278 500 278 778 500 500 500 500 333 389 278 500 500 722 500 500 444 480 200 480 541"
    .split(" ")
    .map(Number);
const BOLD = 1.08;

function widthOf(text: string, { size, font }: Pick<PdfText, "size" | "font">): number {
  const units = [...text].reduce((sum, letter) => sum + (TIMES[letter.charCodeAt(0) - 32] ?? 500), 0);
  return (units / 1000) * size * (font === "bold" ? BOLD : 1);
}

/** What WinAnsi, the encoding of makePdf, does not have is left out. */
export const plain = (text: string): string =>
  text
    .replace(/[^\x20-\x7e]/g, "")
    .replace(/\s+/g, " ")
    .trim();

/** @param papers the first is the paper, the others give its body */
export function typeset(papers: readonly SourcePaper[], seed: number): PdfSample {
  const random = seededRandom(seed);
  const pick = <T>(...of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
  const [paper = { title: "", abstract: "" }, ...others] = papers.map(({ title, abstract }) => ({
    title: plain(title),
    abstract: plain(abstract),
  }));
  const columns = pick(1, 2);
  const size = pick(9, 10);
  const heading = pick("plain", "numbered", "capitals");
  const opening = pick("word", "run-in", "dash", "none");
  const drawn = pick("lines", "words", "shuffled", "upwards");
  const margin = pick(54, 72);
  const width = (WIDTH - 2 * margin - (columns - 1) * 20) / columns;
  const leading = size * pick(1.15, 1.25);
  const pages: PdfText[][] = [[]];
  let [column, y, top] = [0, TOP, TOP];
  const put = (text: string, x: number, at: number, letter: number, font: PdfText["font"] = "times") =>
    pages.at(-1)?.push({ text, x, y: at, size: letter, font });
  const write = (text: string, within: number, letter: number, font: "times" | "bold", from?: number) => {
    for (const line of wrapped(text, within / (letter * 0.5))) {
      if (y - leading < BOTTOM) {
        if (++column === columns) {
          pages.push([]);
          [column, top] = [0, TOP];
        }
        y = top;
      }
      y -= Math.max(leading, letter * 1.15);
      put(line, from ?? margin + column * (width + 20), y, letter, font);
    }
  };
  const whole = WIDTH - 2 * margin;
  write(paper.title, whole, pick(15, 18), "bold", margin);
  y -= 12;
  write(AUTHORS.join(", "), whole, 11, "times", margin);
  write("Institute of Examples, University of Tests", whole, 9, "times", margin);
  y -= 16;
  if (opening === "word") write("Abstract", whole, size + 1, "bold", margin);
  const lead = { word: "", none: "", "run-in": "Abstract. ", dash: "Abstract - " }[opening];
  write(lead + paper.abstract, whole, size, "times", margin);
  y -= 2 * leading;
  top = y;
  for (const [at, { abstract }] of others.entries()) {
    const name = HEADINGS[at] ?? `Part ${at}`;
    const text = { plain: name, numbered: `${at + 1} ${name}`, capitals: name.toUpperCase() }[heading];
    y -= leading;
    write(text, width, size + 2, "bold");
    y -= leading / 2;
    write(abstract, width, size, "times");
  }
  y -= leading;
  write("References", width, size + 2, "bold");
  write("[1] A. Gull. On gulls that are in no paper. 2001.", width, size - 1, "times");
  for (const [at, page] of pages.entries()) {
    page.push({ text: String(at + 1), x: WIDTH / 2, y: 40, size: 9 });
    if (at > 0) page.push({ text: "Tester et al.", x: margin, y: 755, size: 8 });
  }
  const name = `${columns} columns, abstract: ${opening}, drawn: ${drawn}`;
  const info = { Title: pick("untitled", "Microsoft Word - final.docx", paper.title) };
  const pdf = makePdf(
    pages.map((page) => inOrder(page, drawn, random)),
    info,
  );
  return { ...paper, name, authors: AUTHORS, body: others.map(({ abstract }) => abstract), pdf };
}

/** Lines of so many letters, words parted where they have room for a half. */
function wrapped(text: string, letters: number): string[] {
  const made: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const free = letters - line.length - 2;
    if (line.length + word.length + 1 <= letters || line === "") line += line === "" ? word : ` ${word}`;
    else if (/^[a-z]{9,}$/.test(word) && free > 4) {
      const at = Math.min(free, word.length - 4);
      made.push(`${line} ${word.slice(0, at)}-`);
      line = word.slice(at);
    } else {
      made.push(line);
      line = word;
    }
  }
  return line === "" ? made : [...made, line];
}

function inOrder(page: readonly PdfText[], drawn: string, random: () => number): PdfText[] {
  if (drawn === "upwards") return [...page].reverse();
  const pieces =
    drawn === "words"
      ? page.flatMap((line) => {
          let x = line.x;
          return line.text.split(" ").map((text) => {
            const word = { ...line, text, x };
            x += widthOf(`${text} `, line);
            return word;
          });
        })
      : [...page];
  if (drawn !== "shuffled") return pieces;
  return pieces
    .map((piece) => ({ piece, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ piece }) => piece);
}

const escaped = (text: string): string => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");

/** The same as a page for a browser to print. */
export function asHtml(
  papers: readonly SourcePaper[],
  seed: number,
): Omit<PdfSample, "pdf"> & { html: string } {
  const random = seededRandom(seed);
  const pick = <T>(...of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
  const [paper = { title: "", abstract: "" }, ...others] = papers;
  const columns = pick(1, 2);
  const opening = pick("<h2>Abstract</h2><p>", "<p><b>Abstract.</b> ", "<p><i>Abstract</i>—");
  const body = others.map(
    ({ abstract }, at) =>
      `<h2>${at + 1} ${HEADINGS[at] ?? `Part ${at}`}</h2><p>${escaped(abstract)}</p>${pick("", "<figure>·<figcaption>Figure 1: A gull of the town.</figcaption></figure>")}`,
  );
  const html = `<!doctype html><html lang="en"><title>untitled</title><style>@page{size:A4;margin:2cm}body{font:${pick(9, 10, 11)}pt ${pick("serif", "sans-serif")};text-align:justify;hyphens:auto}h1{text-align:${pick("center", "left")};hyphens:manual;font-size:20pt}h2{font-size:12pt}main{column-count:${columns};column-gap:16pt}figcaption{font-size:8pt}</style><h1>${escaped(paper.title)}</h1><div>${AUTHORS.join(", ")}</div><div><i>University of Tests</i></div>${opening}${escaped(paper.abstract)}</p><main>${body.join("")}<h2>References</h2><p>[1] A. Gull. On gulls that are in no paper. 2001.</p></main>`;
  return {
    ...{ title: paper.title, abstract: paper.abstract, authors: AUTHORS, html },
    name: `printed, ${columns} columns, ${opening.replace(/<[^>]*>/g, "")}`,
    body: others.map(({ abstract }) => abstract),
  };
}
