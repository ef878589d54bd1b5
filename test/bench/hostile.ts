/** Records made to hold the server: what each costs asked for and exported, or why the reader refuses it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createAssistant } from "../../src/assistant.ts";
import { loadConfig } from "../../src/config.ts";
import type { Paper } from "../../src/protocol.ts";
import { formatReference } from "../../src/references/references.ts";
import { randomId } from "../../src/util/strings.ts";

/** What asks for all of them. */
const QUESTION = "What is the Zyxomatic rate of Zyxomatic quandaries?";
const FORMATS = ["bibtex", "ris", "csl-json", "text"] as const;
const HARMLESS = { title: "Attention heads", abstract: "Attention heads divide their work." };
/** The quickest counts: the machine only ever adds. */
const RUNS = 3;

interface Record {
  readonly title?: string;
  readonly abstract?: string;
  readonly authors?: readonly string[];
}

/** Those of the review, then the longest that the reader takes, of the same and of other kinds. */
const RECORDS: { readonly [name: string]: Record } = {
  "abstract of 20,000 words": { abstract: "word ".repeat(20_000) },
  "title with 100,000 tabs": { title: `Zyxomatic${"\t".repeat(100_000)}quandaries` },
  'abstract "a." x 50,000': { abstract: "a.".repeat(50_000) },
  'abstract "a-" x 50,000': { abstract: "a-".repeat(50_000) },
  'title "B" and 100,000 quotes': { title: `B${"’".repeat(100_000)}` },
  'title "{\\" x 50,000': { title: "{\\".repeat(50_000) },
  "title of 20,000 words": { title: "Zyxomatic ".repeat(20_000) },
  "authors of 100,000 letters": { authors: ["A".repeat(100_000)] },
  "abstract of 10,000 words": { abstract: "word ".repeat(9_990) },
  'abstract "a." x 24,900': { abstract: "a.".repeat(24_900) },
  'abstract "a-" x 24,900': { abstract: "a-".repeat(24_900) },
  "abstract of 8,000 sentences": { abstract: "Rate. ".repeat(8_300) },
  "abstract in brackets": { abstract: "(a ".repeat(16_600) },
  "abstract of marks": { abstract: "\u0301\u0316".repeat(24_900) },
  "title of 900 quotes": { title: `B${"’".repeat(900)}` },
  'title "{\\" x 450': { title: "{\\".repeat(450) },
  "title of 90 words": { title: "Zyxomatic ".repeat(90).trim() },
  "6,000 authors": { authors: Array.from({ length: 6000 }, (_, at) => `Ada B${at}`) },
};

export async function benchHostile(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "footnote-bench-"));
  try {
    for (const [at, [name, record]] of Object.entries(RECORDS).entries()) {
      const asked = await askedFor(path.join(folder, String(at)), record);
      console.log(`  ${name.padEnd(30)} ${asked}; as stored before: ${await exported(stored(record))}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const filled = ({ title = "Zyxomatic quandaries", abstract = "", ...rest }: Record) => ({
  ...rest,
  title,
  abstract: `The Zyxomatic rate of Zyxomatic quandaries is seven. ${abstract}`.slice(0, 100_000),
});

/** Each in a corpus of its own, beside one that is harmless: what it costs is told apart. */
async function askedFor(folder: string, record: Record): Promise<string> {
  mkdirSync(path.join(folder, "seeds"), { recursive: true });
  writeFileSync(
    path.join(folder, "seeds", "hostile.jsonl"),
    [HARMLESS, filled(record)].map((one) => `${JSON.stringify(one)}\n`).join(""),
  );
  const config = loadConfig(
    {
      SEEDS_DIR: path.join(folder, "seeds"),
      VECTORSTORE_DIR: path.join(folder, "vectorstore"),
      DATA_DIR: path.join(folder, "data"),
      MODELS_DIR: path.resolve("vectorstore/models"),
    },
    folder,
  );
  const assistant = createAssistant(config);
  try {
    const report = await assistant.ingest({});
    const [problem] = report.problems;
    if (problem !== undefined) return `refused: line ${problem.line ?? "?"}, ${problem.reason}`;
    await assistant.start();
    const ask = async () => {
      for await (const _ of assistant.ask({ owner: "local", messageId: randomId(), question: QUESTION }));
    };
    const first = await cpuOf(ask);
    const again = await quickest(ask);
    const [paper] = (await assistant.search({ query: QUESTION, limit: 1 })).results;
    return `asked first ${ms(first)}, then ${ms(again)}; exported ${await exported(paper?.paper as Paper)}`;
  } finally {
    await assistant.close();
  }
}

/** As it would be kept from before there were bounds. */
function stored(record: Record): Paper {
  return { id: "p", revision: "r", links: [], tags: [], ...filled(record) } as unknown as Paper;
}

/** The format that takes longest. */
async function exported(paper: Paper): Promise<string> {
  const costs: number[] = [];
  for (const format of FORMATS) costs.push(await quickest(() => formatReference([paper], format)));
  const most = Math.max(...costs);
  return `${ms(most)} (${FORMATS[costs.indexOf(most)]})`;
}

async function quickest(work: () => Promise<unknown>): Promise<number> {
  const costs: number[] = [];
  for (let run = 0; run < RUNS; run++) costs.push(await cpuOf(work));
  return Math.min(...costs);
}

/** CPU milliseconds of the process. */
async function cpuOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const ms = (value: number) => `${value.toFixed(0)} ms`;
