/** `find`: how often each grade is right, of sentences as they stand, edited, in other words, and of other papers. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Assistant, createAssistant } from "../../src/assistant.ts";
import type { FindGrade, Paper } from "../../src/protocol.ts";
import { splitSentences } from "../../src/text/sentences.ts";
import { seededRandom } from "../../src/util/statistics.ts";
import { testConfig } from "../support/open-assistant.ts";

/** Words that make a sentence. */
const LEAST_WORDS = 8;
/** Of the papers of a corpus every so-manyth. */
const EVERY = 2;
const GRADES: readonly FindGrade[] = ["says-so", "nearly", "nowhere"];

interface Corpus {
  readonly name: string;
  readonly assistant: Assistant;
  readonly papers: readonly Paper[];
  readonly answers: readonly { readonly gold: string[]; readonly answer?: string }[];
}

/** A text to look for; `title` of the paper that it is from, if it may be found. */
interface Case {
  readonly kind: string;
  readonly text: string;
  readonly title?: string;
  readonly without?: string;
}

export async function benchFind(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "footnote-bench-"));
  try {
    const seeds = await open(folder, "seeds", "seeds", ["questions.jsonl", "own-questions.jsonl"]);
    const arxiv = await open(folder, "arxiv", "test/eval/arxiv-papers.jsonl", ["arxiv-questions.jsonl"]);
    await bench(seeds, arxiv);
    await bench(arxiv, seeds);
    await Promise.all([seeds, arxiv].map(({ assistant }) => assistant.close()));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function open(folder: string, name: string, seeds: string, files: readonly string[]): Promise<Corpus> {
  const assistant = createAssistant(testConfig(path.join(folder, name), { SEEDS_DIR: seeds }));
  await assistant.start();
  const papers: Paper[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await assistant.papers.list({ limit: 100, cursor });
    papers.push(...page.papers);
    cursor = page.nextCursor;
    if (cursor === undefined) break;
  }
  const answers = files.flatMap((file) =>
    readFileSync(path.join("test/eval", file), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line)),
  );
  return { name, assistant, papers, answers };
}

async function bench(corpus: Corpus, other: Corpus): Promise<void> {
  const tally = new Map<string, { grades: Record<FindGrade, number>; right: number; all: number }>();
  const times: number[] = [];
  for (const { kind, text, title, without } of casesOf(corpus, other)) {
    const paperIds = corpus.papers.map(({ id }) => id).filter((id) => id !== without);
    const scope = without === undefined ? {} : { scope: { paperIds } };
    const { grade, matches, tookMs } = await corpus.assistant.find({ text, limit: 1, ...scope });
    times.push(tookMs);
    const count = tally.get(kind) ?? { grades: { "says-so": 0, nearly: 0, nowhere: 0 }, right: 0, all: 0 };
    count.grades[grade] += 1;
    count.all += 1;
    if (title === undefined ? grade === "nowhere" : matches[0]?.paper.title === title) count.right += 1;
    tally.set(kind, count);
  }
  console.log(
    `${corpus.name}: ${times.length} texts, median ${times.sort((a, b) => a - b)[times.length >> 1]} ms`,
  );
  console.log(`${"kind".padEnd(12)}${["n", ...GRADES, "right"].map((head) => head.padStart(9)).join("")}`);
  for (const [kind, { grades, right, all }] of tally) {
    const shares = [...GRADES.map((grade) => grades[grade] / all), right / all].map((share) =>
      share.toFixed(3),
    );
    console.log(`${kind.padEnd(12)}${[String(all), ...shares].map((cell) => cell.padStart(9)).join("")}`);
  }
  precision(tally);
}

/** Copied texts say so, other words nearly or so, others nothing. */
function precision(tally: ReadonlyMap<string, { grades: Record<FindGrade, number> }>): void {
  const total = (grade: FindGrade, kinds: readonly string[]) =>
    kinds.reduce((sum, kind) => sum + (tally.get(kind)?.grades[grade] ?? 0), 0);
  const inCorpus = ["verbatim", "slips", "cut", "broken", "other words"];
  const elsewhere = ["left out", "other field"];
  for (const grade of GRADES) {
    const [inside, outside] = [total(grade, inCorpus), total(grade, elsewhere)];
    const right = grade === "nowhere" ? outside : inside;
    console.log(`precision of ${grade}: ${(right / (inside + outside)).toFixed(3)} of ${inside + outside}`);
  }
}

function* casesOf({ papers, answers }: Corpus, other: Corpus): Generator<Case> {
  const random = seededRandom(7);
  const each = (text: string, change: (word: string) => string) =>
    text
      .split(" ")
      .map((word) => change(word))
      .filter((word) => word !== "")
      .join(" ");
  for (const paper of papers.filter((_, at) => at % EVERY === 0)) {
    const text = middleSentence(paper);
    if (text === undefined) continue;
    const { title } = paper;
    yield { kind: "verbatim", text, title };
    const slips = (word: string) =>
      word.length > 6 && random() < 0.25 ? `${word.slice(0, 2)}${word[3]}${word[2]}${word.slice(4)}` : word;
    yield { kind: "slips", text: each(text, slips), title };
    yield { kind: "cut", text: each(text, (word) => (random() < 0.15 ? "" : word)), title };
    const broken = (word: string) =>
      word.length > 7 && random() < 0.3 ? `${word.slice(0, 4)}-\n${word.slice(4)}` : word;
    yield { kind: "broken", text: each(text.toLowerCase(), broken), title };
    yield { kind: "left out", text, without: paper.id };
  }
  for (const { gold, answer = "" } of answers)
    if (gold.length === 1 && answer.split(/\s+/).length >= LEAST_WORDS)
      yield { kind: "other words", text: answer, title: gold[0] ?? "" };
  for (const paper of other.papers.filter((_, at) => at % EVERY === 0)) {
    const text = middleSentence(paper);
    if (text !== undefined) yield { kind: "other field", text };
  }
}

function middleSentence({ abstract }: Paper): string | undefined {
  const texts = splitSentences(abstract)
    .map(({ start, end }) => abstract.slice(start, end))
    .filter((text) => text.split(/\s+/).length >= LEAST_WORDS);
  return texts[texts.length >> 1];
}
