/**
 * What the reader adds to the ranking: on the seeds, on the collections of BENCH_COLLECTIONS, and, where BENCH_WRITTEN
 * names the file, on each BENCH_EVERY-th of the written questions over all their abstracts.
 */
import { hit, ndcg, recall } from "../../src/eval/run.ts";
import { Question } from "../../src/question/question.ts";
import { HybridRetriever } from "../../src/retrieval/hybrid.ts";
import { LexicalIndex } from "../../src/retrieval/lexical.ts";
import { mean, percentile } from "../../src/util/statistics.ts";
import { beirCollection, type Collection, collect, type Query, seedCollection } from "./collections.ts";
import { bundledEmbedder } from "./embedder.ts";
import { benchReadings } from "./readings.ts";
import { writtenAbstracts } from "./written-abstracts.ts";

type Embedder = Parameters<typeof collect>[2];

export async function benchReader(): Promise<void> {
  const embedder = await bundledEmbedder();
  const open: Record<string, () => Promise<Collection | undefined>> = {
    seeds: () => seedCollection(embedder),
    cranfield: () => beirCollection("cranfield", embedder),
    cisi: () => beirCollection("cisi", embedder),
    written: () => written(embedder),
  };
  for (const [name, make] of Object.entries(open)) {
    const collection = await make();
    if (collection === undefined) {
      console.log(`${name} skipped: BENCH_COLLECTIONS or BENCH_WRITTEN does not name it`);
      continue;
    }
    const { catalog, vectors } = collection;
    const lexical = await LexicalIndex.build(catalog.all());
    for (const [with_, readings] of [
      ["without", undefined],
      ["with   ", await benchReadings(catalog.all())],
    ] as const)
      await measure(
        `${name} ${with_}`,
        collection,
        new HybridRetriever(catalog, vectors, lexical, embedder, { readings }),
      );
  }
}

async function measure(name: string, { queries }: Collection, retriever: HybridRetriever): Promise<void> {
  const cpu: number[] = [];
  const rows: { ids: string[]; query: Query }[] = [];
  for (const query of queries) {
    const before = process.cpuUsage();
    const found = await retriever.retrieve({ question: new Question(query.text), limit: 50 });
    const { user, system } = process.cpuUsage(before);
    cpu.push((user + system) / 1000);
    rows.push({ ids: found.map(({ paperId }) => paperId), query });
  }
  for (const type of new Set(queries.map((query) => query.type))) {
    const own = rows.filter(({ query }) => query.type === type);
    const of = (figure: (ids: string[], query: Query) => number) =>
      mean(own.map(({ ids, query }) => figure(ids, query))).toFixed(3);
    console.log(
      `${name} ${type.padEnd(9)} n ${own.length} hit@1 ${of((ids, q) => hit(ids, q, 1))} hit@10 ${of((ids, q) => hit(ids, q, 10))} recall@10 ${of(recall)} nDCG@10 ${of(ndcg)}`,
    );
  }
  console.log(
    `${name} CPU ms a search: p50 ${percentile(cpu, 0.5).toFixed(1)} p99 ${percentile(cpu, 0.99).toFixed(1)}`,
  );
}

/** Those of the validation split, which no reader was trained on. */
async function written(embedder: Embedder): Promise<Collection | undefined> {
  const rows = writtenAbstracts();
  if (rows === undefined) return undefined;
  const every = Number(process.env.BENCH_EVERY ?? 1);
  const queries = rows
    .filter(({ i }) => i % 8 === 6)
    .filter((_, at) => at % every === 0)
    .flatMap(({ stored, ...row }) =>
      (["q", "c", "f"] as const).flatMap((type): Query[] => {
        const text = row[type];
        return text ? [{ text, type, gold: new Map([[stored.paper.id, 1]]) }] : [];
      }),
    );
  return collect(
    rows.map(({ stored }) => stored),
    queries,
    embedder,
  );
}
