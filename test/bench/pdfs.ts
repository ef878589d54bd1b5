/** PDFs of papers in many layouts, some of them broken: what is read of them, whether quotes stand on their pages, and the time. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { buildCorpus } from "../../src/corpus/build/build-corpus.ts";
import { bodyPassages, placeInBody } from "../../src/corpus/excerpt.ts";
import type { PaperRecord } from "../../src/corpus/paper.ts";
import { openPdf } from "../../src/corpus/readers/documents/pdf/open-pdf.ts";
import { readFile } from "../../src/corpus/readers/read-file.ts";
import { splitSentences } from "../../src/text/sentences.ts";
import { findChromium, launchChromium } from "../support/browser.ts";
import { makePdf } from "../support/make-pdf.ts";
import { asHtml, type PdfSample, typeset } from "./pdf-samples.ts";

const [TYPESET, PRINTED, BROKEN] = [120, 50, 30];

/** Letters alone: spaces, hyphens at line ends and ligatures are the typesetter's. */
const bare = (text: string): string =>
  text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");

export async function benchPdfs(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "footnote-bench-"));
  const count = { titles: 0, authors: 0, abstracts: 0, sentences: 0, onPage: 0, over: 0, references: 0 };
  let slowest = 0;
  try {
    const samples = await makeSamples();
    for (const [at, sample] of samples.entries()) {
      const began = performance.now();
      const record = await readOne(path.join(folder, `${at}.pdf`), sample.pdf);
      if (at > 0) slowest = Math.max(slowest, performance.now() - began);
      const isTitle = bare(record?.title ?? "") === bare(sample.title);
      const isAbstract = bare(record?.abstract ?? "") === bare(sample.abstract);
      if (isTitle) count.titles++;
      if (isAbstract) count.abstracts++;
      if (record?.authors?.join("; ") === sample.authors.join("; ")) count.authors++;
      if (record?.body?.text.includes("in no paper") === true) count.references++;
      if (!isTitle || !isAbstract)
        console.log(
          `  ${at} (${sample.name}): ${isTitle ? "abstract" : `title "${record?.title}"`} is wrong`,
        );
      if (record !== undefined) await countQuotes(record, sample, count);
    }
    const share = (part: number) => (part / samples.length).toFixed(3);
    console.log(
      `  ${samples.length} papers: titles ${share(count.titles)}, authors ${share(count.authors)}, abstracts ${share(count.abstracts)}; references in the text of ${count.references}`,
    );
    console.log(
      `  ${count.sentences} sentences of passages: ${count.onPage} on the page that is told, ${count.over} from it on to the next, ${count.sentences - count.onPage - count.over} elsewhere`,
    );
    console.log(`  slowest ${slowest.toFixed(0)} ms but for the first, which starts the process`);
    await countBroken(samples, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function makeSamples(): Promise<PdfSample[]> {
  const { stored } = await buildCorpus({ paths: ["seeds"], seedsDir: "seeds" });
  const papers = stored.map(({ paper }) => paper).filter(({ abstract }) => abstract.length > 300);
  const some = (at: number) =>
    Array.from(
      { length: 6 },
      (_, index) => papers[(at * 7 + index * 31) % papers.length] ?? papers[0],
    ).filter((paper) => paper !== undefined);
  const samples = Array.from({ length: TYPESET }, (_, at) => typeset(some(at), at + 1));
  const chromium = findChromium();
  if (chromium === undefined) return samples;
  const browser = await launchChromium(chromium);
  try {
    const page = await browser.newPage();
    for (let at = 0; at < PRINTED; at++) {
      const { html, ...sample } = asHtml(some(TYPESET + at), at + 1);
      await page.setContent(html);
      samples.push({ ...sample, pdf: await page.pdf({ preferCSSPageSize: true }) });
    }
  } finally {
    await browser.close();
  }
  return samples;
}

async function readOne(file: string, pdf: Buffer): Promise<PaperRecord | undefined> {
  writeFileSync(file, pdf);
  for await (const item of readFile(file)) if ("record" in item) return item.record;
  return undefined;
}

/** Every sentence that could be quoted, by the words of the page as the file has them. */
async function countQuotes(
  { body }: PaperRecord,
  sample: PdfSample,
  count: { sentences: number; onPage: number; over: number },
): Promise<void> {
  if (body === undefined) return;
  const pages = await pageTexts(sample.pdf);
  const truth = bare(sample.body.join("|"));
  const seen = new Set<number>();
  for (const passage of bodyPassages(body)) {
    for (const span of splitSentences(body.text.slice(passage.start, passage.end))) {
      const start = passage.start + span.start;
      const text = body.text.slice(start, passage.start + span.end);
      if (seen.has(start) || bare(text).length < 25) continue;
      seen.add(start);
      count.sentences++;
      const page = placeInBody(body, start).page ?? 0;
      // A page that is drawn in another order than it is read holds the words, and the paper the sentence.
      const isIn = (whole: string) =>
        whole.includes(bare(text)) || (truth.includes(bare(text)) && shareOfWords(text, whole) > 0.85);
      if (isIn(pages[page - 1] ?? "")) count.onPage++;
      else if (isIn(`${pages[page - 1]}${pages[page]}`)) count.over++;
    }
  }
}

function shareOfWords(text: string, page: string): number {
  const words = text.split(/\s+/).map(bare);
  return words.filter((word) => page.includes(word)).length / words.length;
}

async function pageTexts(bytes: Buffer): Promise<string[]> {
  const pdf = await openPdf(new Uint8Array(bytes));
  const texts: string[] = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const { items } = await (await pdf.getPage(number)).getTextContent();
    texts.push(bare(items.map((item) => ("str" in item ? item.str : "")).join(" ")));
  }
  await pdf.destroy();
  return texts;
}

async function countBroken(samples: readonly PdfSample[], folder: string): Promise<void> {
  const kinds: ((pdf: Buffer) => Buffer)[] = [
    (pdf) => pdf.subarray(0, 200),
    () => Buffer.from("%PDF-1.7\nnothing of it"),
    () => makePdf([[], []]),
    () => Buffer.alloc(0),
    () => Buffer.from("<!doctype html><title>Sign in</title><p>Sign in to read this paper.</p>"),
  ];
  let named = 0;
  for (let at = 0; at < BROKEN; at++) {
    const file = path.join(folder, `broken-${at}.pdf`);
    writeFileSync(file, kinds[at % kinds.length]?.(samples[at]?.pdf ?? Buffer.alloc(0)) ?? Buffer.alloc(0));
    const { problems, stored } = await buildCorpus({ paths: [file], seedsDir: "none" }).catch(
      (error: unknown) => ({
        problems: [String(error)],
        stored: [],
      }),
    );
    if (problems.length > 0 && stored.length === 0) named++;
    else console.log(`  broken ${at % kinds.length}: ${stored.length} papers, ${problems.length} problems`);
  }
  console.log(`  ${BROKEN} broken files: ${named} named`);
}
