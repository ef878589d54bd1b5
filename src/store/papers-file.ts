/** `papers.jsonl`: the papers of a generation, one a line, in corpus order. */
import { createHash } from "node:crypto";
import { open, readFile } from "node:fs/promises";
import type { StoredPaper } from "../corpus/paper.ts";
import { AppError } from "../errors.ts";

/** Equal exactly when papers, their order, identities and origins are. */
export function hashCorpus(papers: readonly StoredPaper[]): string {
  const hash = createHash("sha256");
  for (const paper of papers) hash.update(`${JSON.stringify(paper)}\n`);
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

/** @throws AppError (internal) naming the file */
export async function readPapers(file: string): Promise<StoredPaper[]> {
  try {
    const lines = (await readFile(file, "utf8")).split("\n");
    return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as StoredPaper);
  } catch (cause) {
    throw new AppError("internal", `${file} cannot be read: run footnote ingest --rebuild`, { cause });
  }
}
