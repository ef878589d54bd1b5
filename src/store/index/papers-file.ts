/** `papers.jsonl`: the papers of a generation, one a line, in corpus order. */
import { createHash } from "node:crypto";
import { open, readFile } from "node:fs/promises";
import { revisionOf, type StoredPaper } from "../../corpus/paper.ts";
import { nextTurn } from "../../util/turns.ts";
import { DamagedIndexError } from "../index-errors.ts";

/** Papers parsed or hashed between two turns of the event loop: about 5 ms of work. */
const SLICE_PAPERS = 500;

/** Equal exactly when papers, their order, identities and origins are. */
export async function hashCorpus(papers: readonly StoredPaper[]): Promise<string> {
  const hash = createHash("sha256");
  for (const [at, paper] of papers.entries()) {
    hash.update(`${JSON.stringify(paper)}\n`);
    if (at % SLICE_PAPERS === SLICE_PAPERS - 1) await nextTurn();
  }
  return hash.digest("hex");
}

/** Flushed to disk when it resolves. */
export async function writePapers(file: string, papers: readonly StoredPaper[]): Promise<void> {
  const handle = await open(file, "w");
  try {
    for (const paper of papers) await handle.write(`${JSON.stringify(paper)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** @throws DamagedIndexError naming the file */
export async function readPapers(file: string): Promise<StoredPaper[]> {
  const papers: StoredPaper[] = [];
  try {
    for (const line of (await readFile(file, "utf8")).split("\n")) {
      if (line !== "") papers.push(JSON.parse(line) as StoredPaper);
      if (papers.length % SLICE_PAPERS === 0) await nextTurn();
    }
  } catch (cause) {
    throw new DamagedIndexError(`${file} cannot be read`, cause);
  }
  return papers;
}

/** Of a damaged file the papers whose text is still what it was, by their revision, and how many are lost. */
export async function salvagePapers(file: string): Promise<{ papers: StoredPaper[]; lost: number }> {
  const lines = (await readFile(file, "utf8")).split("\n").filter((line) => line !== "");
  const papers = lines.flatMap((line) => parseIntact(line) ?? []);
  return { papers, lost: lines.length - papers.length };
}

function parseIntact(line: string): StoredPaper | undefined {
  try {
    const stored = JSON.parse(line) as StoredPaper;
    const { title, abstract, revision } = stored.paper;
    return revision === revisionOf(title, abstract, stored.body) && stored.keys.length > 0
      ? stored
      : undefined;
  } catch {
    return undefined;
  }
}
