/** Every reader of papers: what 2,000 damaged files of each cost and keep, how fast large ones are, and exports read again. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createAssistant } from "../../src/assistant.ts";
import { loadConfig } from "../../src/config.ts";
import { buildCorpus } from "../../src/corpus/build/build-corpus.ts";
import { PaperCatalog } from "../../src/corpus/catalog.ts";
import { readFile } from "../../src/corpus/readers/read-file.ts";
import { formatReference } from "../../src/references/references.ts";
import { seededRandom } from "../../src/util/statistics.ts";
import { damaged, SAMPLES, type Sample } from "./format-samples.ts";

/** Damaged files of each format: `FORMATS_RUNS` for a shorter look. */
const RUNS = Number(process.env.FORMATS_RUNS ?? 2000);
/** Milliseconds that one file may take. */
const HANG_MS = 5000;

export async function benchFormats(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "footnote-bench-"));
  try {
    for (const sample of SAMPLES) await fuzz(sample, folder);
    for (const format of ["bibtex", "ris", "csl-json"] as const) await roundTrip(format, folder);
    for (const [name, text] of largeFiles()) await large(name, text, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Reads mutations of a file; each damages one of its records, and the others are to come in. */
async function fuzz(sample: Sample, folder: string): Promise<void> {
  const random = seededRandom(7);
  const file = path.join(folder, sample.name);
  let [slowest, lost, crashes, silent, peak] = [0, 0, 0, 0, 0];
  const examples: string[] = [];
  for (let run = 0; run < RUNS; run++) {
    const { content, others } = damaged(sample, random);
    writeFileSync(file, content);
    const began = performance.now();
    try {
      const titles = new Set<string>();
      let problems = 0;
      for await (const item of readFile(file)) {
        if ("record" in item) titles.add(item.record.title);
        else if ("problem" in item) problems++;
      }
      const missing = others.filter((title) => !titles.has(title));
      if (missing.length > 0) {
        lost++;
        if (examples.length < 2) examples.push(`run ${run}: ${missing.join(", ")}`);
      }
      if (titles.size + problems === 0) silent++;
    } catch (error) {
      crashes++;
      if (examples.length < 2) examples.push(`run ${run}: ${String(error)}`);
    }
    slowest = Math.max(slowest, performance.now() - began);
    if (run % 50 === 0) peak = Math.max(peak, process.memoryUsage().rss);
  }
  const verdict = crashes + lost + silent === 0 && slowest < HANG_MS ? "ok  " : "FAIL";
  console.log(
    `  ${verdict} ${sample.name.padEnd(20)} ${RUNS} files: ${crashes} crashes, ${lost} lost a good record, ${silent} said nothing; ` +
      `slowest ${slowest.toFixed(0)} ms, peak ${(peak / 2 ** 20).toFixed(0)} MiB`,
  );
  for (const example of examples) console.log(`       ${example}`);
}

async function roundTrip(format: "bibtex" | "ris" | "csl-json", folder: string): Promise<void> {
  const { stored } = await buildCorpus({ paths: ["seeds"], seedsDir: "seeds" });
  const { body } = await formatReference(
    stored.map(({ paper }) => paper),
    format,
  );
  const file = path.join(folder, `seeds.${format}`);
  writeFileSync(file, body);
  const again = await buildCorpus({ paths: [file], seedsDir: "seeds", previous: new PaperCatalog(stored) });
  const same = again.stored.filter(
    ({ paper }, at) => paper.id === stored[at]?.paper.id && paper.revision === stored[at]?.paper.revision,
  );
  console.log(
    `  ${format} exported and read again: ${same.length} of ${stored.length} papers with the same id and text, ${again.stored.length - same.length} others`,
  );
}

const prose = (n: number) =>
  Array.from(
    { length: 8 },
    (_, at) =>
      `Finding ${n}.${at} of this study is that gulls of group ${(n * 7 + at) % 997} learn the days of bins within ${at + 2} weeks.`,
  ).join(" ");

function* largeFiles(): Generator<[name: string, text: string]> {
  const bibtex = (n: number) =>
    `@article{k${n},\n  author = {Tester, Ada${n} and Sample, Bo and {Gull Watch Consortium}},\n  title = {How {Gulls} of Town ${n} Learn},\n  journal = {J. Gulls},\n  year = {${1990 + (n % 30)}},\n  doi = {10.1000/g.${n}},\n  abstract = {${prose(n)}}\n}\n`;
  yield ["BibTeX, 10,000 entries", Array.from({ length: 10_000 }, (_, n) => bibtex(n)).join("")];
  const openAlex = (n: number) => {
    const index: Record<string, number[]> = {};
    for (const [at, word] of prose(n).split(" ").entries()) {
      index[word] = [...(index[word] ?? []), at];
    }
    return JSON.stringify({
      id: `https://openalex.org/W${n}`,
      doi: `https://doi.org/10.1000/o.${n}`,
      title: `How gulls of town ${n} learn`,
      publication_year: 2020,
      authorships: [{ author: { display_name: "Ada Tester" } }],
      abstract_inverted_index: index,
      referenced_works: Array.from({ length: 40 }, (_, at) => `https://openalex.org/W${n + at}`),
    });
  };
  yield ["OpenAlex, 20,000 works", Array.from({ length: 20_000 }, (_, n) => `${openAlex(n)}\n`).join("")];
  const pubmed = (n: number) =>
    `<PubmedArticle><MedlineCitation><PMID>${n + 1}</PMID><Article><Journal><JournalIssue><PubDate><Year>2020</Year></PubDate></JournalIssue><Title>J Gulls</Title></Journal><ArticleTitle>How gulls of town ${n} learn.</ArticleTitle><Abstract><AbstractText Label="RESULTS">${prose(n)}</AbstractText></Abstract><AuthorList><Author><LastName>Tester</LastName><ForeName>Ada</ForeName></Author></AuthorList></Article></MedlineCitation><PubmedData><ArticleIdList><ArticleId IdType="doi">10.1000/p.${n}</ArticleId></ArticleIdList></PubmedData></PubmedArticle>\n`;
  yield [
    "PubMed XML, 20,000",
    `<?xml version="1.0"?>\n<PubmedArticleSet>\n${Array.from({ length: 20_000 }, (_, n) => pubmed(n)).join("")}</PubmedArticleSet>`,
  ];
}

/** Reading alone, then the whole way to an index. */
async function large(name: string, text: string, folder: string): Promise<void> {
  const file = path.join(folder, "large.dat");
  writeFileSync(file, text);
  const cpu = process.cpuUsage();
  const began = performance.now();
  const { stored, problems } = await buildCorpus({ paths: [file], seedsDir: "none" });
  const wall = performance.now() - began;
  const { user, system } = process.cpuUsage(cpu);
  console.log(
    `  ${name} (${(text.length / 2 ** 20).toFixed(0)} MiB): ${stored.length} papers, ${problems.length} problems; ` +
      `read in ${(wall / 1000).toFixed(1)} s (${((user + system) / 1e6).toFixed(1)} s of CPU)`,
  );
  if (process.env.FORMATS_INDEX === "no") return;
  const home = mkdtempSync(path.join(folder, "index-"));
  const config = loadConfig({
    SEEDS_DIR: path.join(home, "seeds"),
    VECTORSTORE_DIR: path.join(home, "vectorstore"),
    MODELS_DIR: path.resolve("vectorstore/models"),
    DATA_DIR: path.join(home, "data"),
  });
  const assistant = await createAssistant(config);
  try {
    const report = await assistant.ingest({ paths: [file] });
    console.log(
      `    to an index: ${report.papers} papers, ${report.passages} passages in ${(report.tookMs / 1000).toFixed(1)} s`,
    );
  } finally {
    await assistant.close();
  }
}
