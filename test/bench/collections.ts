/** Test collections: the seeds with the development questions, and old public ones in the BEIR layout. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { embedCorpus } from "../../src/assistant/ingest/embed-corpus.ts";
import { buildCorpus } from "../../src/corpus/build/build-corpus.ts";
import { PaperCatalog } from "../../src/corpus/catalog.ts";
import { idOfKey, type StoredPaper, toPaper } from "../../src/corpus/paper.ts";
import type { Embedder } from "../../src/embedding/embedder.ts";
import type { Judged } from "../../src/eval/run.ts";
import { PackedVectors } from "../../src/store/vectors/packed-vectors.ts";
import { developmentQuestions } from "./questions.ts";

export interface Query extends Judged {
  readonly text: string;
  /** Type of question, or name of the collection. */
  readonly type: string;
}

export interface Collection {
  readonly catalog: PaperCatalog;
  readonly vectors: PackedVectors;
  readonly queries: readonly Query[];
}

/** The 236 papers, judged by id. A follow-up is asked as it stands alone: here ranking is measured, not resolution. */
export async function seedCollection(embedder: Embedder): Promise<Collection> {
  const { stored } = await buildCorpus({ paths: ["seeds"], seedsDir: "seeds" });
  const idOf = new Map(stored.map(({ paper }) => [paper.title, paper.id]));
  const ids = (titles: readonly string[] = []) =>
    titles.map((title) => idOf.get(title) ?? `missing: ${title}`);
  const queries = developmentQuestions()
    .filter(({ gold }) => gold.length > 0)
    .map(({ type, question, standalone, gold, partial }) => ({
      text: standalone ?? question,
      type,
      gold: new Map(ids(gold).map((id) => [id, 1])),
      ignored: new Set(ids(partial)),
    }));
  return collect(stored, queries, embedder);
}

/** The papers of a file or folder, without questions. */
export async function paperCollection(where: string, embedder: Embedder): Promise<Collection> {
  const { stored } = await buildCorpus({ paths: [where], seedsDir: "seeds" });
  return collect(stored, [], embedder);
}

/** A collection below BENCH_COLLECTIONS, or undefined where that is not set or does not hold it. */
export async function beirCollection(name: string, embedder: Embedder): Promise<Collection | undefined> {
  const folder = path.join(process.env.BENCH_COLLECTIONS ?? "", name);
  if (process.env.BENCH_COLLECTIONS === undefined || !existsSync(folder)) return undefined;
  const lines = (file: string) => readFileSync(path.join(folder, file), "utf8").trim().split("\n");
  const json = (file: string) => lines(file).map((line) => JSON.parse(line) as Record<string, string>);
  const stored = json("corpus.jsonl").map(({ _id = "", title = "", text = "" }): StoredPaper => {
    const key = `${name}:${_id}`;
    return { paper: toPaper({ title, abstract: text }, idOfKey(key), name), keys: [key], origins: [name] };
  });
  const gold = new Map<string, Map<string, number>>();
  for (const line of lines("qrels/test.tsv").slice(1)) {
    const [query = "", document = "", relevance = "0"] = line.split("\t");
    const judged = gold.get(query) ?? new Map<string, number>();
    gold.set(query, judged.set(idOfKey(`${name}:${document}`), Number(relevance)));
  }
  const queries = json("queries.jsonl").flatMap(({ _id = "", text = "" }) => {
    const judged = gold.get(_id);
    return judged === undefined ? [] : [{ text, type: name, gold: judged }];
  });
  return collect(stored, queries, embedder);
}

export async function collect(
  stored: StoredPaper[],
  queries: Query[],
  embedder: Embedder,
): Promise<Collection> {
  const { items, vectors } = await embedCorpus(stored, undefined, () => embedder);
  const packed = new Float32Array(items.length * embedder.dimension);
  vectors.forEach((vector, at) => {
    packed.set(vector, at * embedder.dimension);
  });
  return {
    catalog: new PaperCatalog(stored),
    vectors: new PackedVectors(items, packed, embedder.dimension),
    queries,
  };
}
