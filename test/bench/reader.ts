/** What the reader adds to the ranking, on every collection that is here: the table of src/reader/README.md. */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { idOfKey, type StoredPaper, toPaper } from "../../src/corpus/paper.ts";
import { hit, ndcg, recall } from "../../src/eval/metrics.ts";
import { OnnxPairReader } from "../../src/reader/onnx-pair-reader.ts";
import { Readings } from "../../src/reader/readings.ts";
import { HybridRetriever } from "../../src/retrieval/hybrid.ts";
import { LexicalIndex } from "../../src/retrieval/lexical.ts";
import { ReadingFiles } from "../../src/store/reading-files.ts";
import { mean } from "../../src/util/mean.ts";
import { beirCollection, type Collection, collect, seedCollection } from "./collections.ts";
import { bundledEmbedder } from "./embedder.ts";

export async function benchReader(): Promise<void> {
  const embedder = await bundledEmbedder();
  const reader = await OnnxPairReader.load({
    modelsFolder: "vectorstore/models",
    model: "footnote/papers-reader",
  });
  const store = new ReadingFiles(
    process.env.BENCH_READINGS ?? "/tmp/footnote-bench-readings",
    reader.fingerprint,
  );
  const which = (process.env.BENCH_ONLY ?? "seeds,cranfield,cisi,written").split(",");
  const collections: [string, Collection | undefined][] = [];
  for (const name of which) {
    collections.push([
      name,
      name === "seeds"
        ? await seedCollection(embedder)
        : name === "written"
          ? await written(embedder)
          : await beirCollection(name, embedder),
    ]);
  }
  const dump: unknown[] = [];
  for (const [name, collection] of collections) {
    if (collection === undefined) continue;
    const { catalog, vectors, queries } = collection;
    const missing = new Set(await store.missing(catalog.all().map(({ revision }) => revision)));
    let batch = new Map<string, Uint8Array>();
    for (const paper of catalog.all()) {
      if (!missing.has(paper.revision)) continue;
      batch.set(paper.revision, await reader.read(paper));
      if (batch.size === 256) {
        await store.add(batch);
        batch = new Map();
      }
    }
    await store.add(batch);
    const lexical = await LexicalIndex.build(catalog.all());
    const readings = process.env.NO_READER ? undefined : new Readings(reader, store);
    const retriever = new HybridRetriever(catalog, vectors, lexical, embedder, readings);
    const rows: { type: string; ids: string[]; query: Collection["queries"][number] }[] = [];
    const times: number[] = [];
    for (const query of queries) {
      const began = performance.now();
      const found = await retriever.retrieve({ query: query.text, limit: 50 });
      times.push(performance.now() - began);
      rows.push({ type: query.type, ids: found.map(({ paperId }) => paperId), query });
      if (process.env.BENCH_DUMP)
        dump.push({
          name,
          type: query.type,
          text: query.text,
          found: found.slice(0, 30).map(({ paperId, score, why, sentences }) => ({
            id: paperId,
            score,
            ...why,
            best: Math.max(-99, ...(sentences ?? [])),
            gold: query.gold.has(paperId),
            ignored: query.ignored?.has(paperId) ?? false,
          })),
        });
    }
    times.sort((a, b) => a - b);
    for (const type of new Set(rows.map(({ type }) => type))) {
      const own = rows.filter((row) => row.type === type);
      const of = (figure: (ids: string[], query: Collection["queries"][number]) => number) =>
        mean(own.map(({ ids, query }) => figure(ids, query))).toFixed(3);
      console.log(
        `${name} ${type} n ${own.length} hit@1 ${of((ids, q) => hit(ids, q, 1))} hit@3 ${of((ids, q) => hit(ids, q, 3))} hit@10 ${of((ids, q) => hit(ids, q, 10))} recall@10 ${of(recall)} nDCG ${of(ndcg)}`,
      );
    }
    console.log(
      `${name} ms p50 ${times[times.length >> 1]?.toFixed(1)} p99 ${times[Math.floor(times.length * 0.99)]?.toFixed(1)}`,
    );
  }
  if (process.env.BENCH_DUMP) writeFileSync(process.env.BENCH_DUMP, JSON.stringify(dump));
}

/** The written questions of the validation split over all their abstracts, where BENCH_WRITTEN names the file. */
async function written(embedder: Parameters<typeof collect>[2]): Promise<Collection | undefined> {
  const file = process.env.BENCH_WRITTEN;
  if (file === undefined || !existsSync(file)) return undefined;
  const rows = gunzipSync(readFileSync(file))
    .toString()
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, string> & { i: number });
  const key = (i: number) => `written:${i}`;
  const stored = rows.map(
    ({ i, title = "", abstract = "" }): StoredPaper => ({
      paper: toPaper({ title, abstract }, idOfKey(key(i)), "written"),
      keys: [key(i)],
      origins: ["written"],
    }),
  );
  const every = Number(process.env.BENCH_EVERY ?? 1);
  const queries = rows
    .filter(({ i }) => i % 8 === 6)
    .filter((_, at) => at % every === 0)
    .flatMap((row) =>
      ["q", "c", "f"].flatMap((type) => {
        const text = row[type];
        return text === undefined || text === null || text === ""
          ? []
          : [{ text, type, gold: new Map([[idOfKey(key(row.i)), 1]]) }];
      }),
    );
  return collect(stored, queries, embedder);
}
