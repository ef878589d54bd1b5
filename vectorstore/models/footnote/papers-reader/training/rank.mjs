// The product's own ranking: top 30 of each question. node rank.mjs DIST WRITTEN DEV SEEDS MODELS OUT [part of parts]
import { readFileSync, openSync, writeSync } from "node:fs";
const [dist, written, dev, seeds, models, out, part = "0", parts = "1"] = process.argv.slice(2);
const { embedCorpus } = await import(`${dist}/assistant/ingest/embed-corpus.js`);
const { buildCorpus } = await import(`${dist}/corpus/build-corpus.js`);
const { PaperCatalog } = await import(`${dist}/corpus/catalog.js`);
const { idOfKey, toPaper } = await import(`${dist}/corpus/paper.js`);
const { PackedVectors } = await import(`${dist}/store/packed-vectors.js`);
const { HybridRetriever } = await import(`${dist}/retrieval/hybrid.js`);
const { LexicalIndex } = await import(`${dist}/retrieval/lexical.js`);
const { TransformersEmbedder } = await import(`${dist}/embedding/transformers-embedder.js`);
const embedder = await TransformersEmbedder.load({ modelsFolder: models, model: "footnote/papers-static", allowDownload: false, pooling: "mean", queryPrefix: "", passagePrefix: "" });
// WIDE=1: each third validation paper's everyday question, 400 papers deep.
// TRAIN=1: the training questions alone, by the first stage without late interaction (ten times faster).
if (process.env.TRAIN) {
  const { LateInteraction } = await import(`${dist}/retrieval/late-interaction.js`);
  LateInteraction.prototype.scores = async (_, papers) => papers.map(() => 0);
}
const fd = openSync(out, "w");
async function retrieverOf(stored) {
  const { items, vectors } = await embedCorpus(stored, undefined, () => embedder);
  const packed = new Float32Array(items.length * embedder.dimension);
  vectors.forEach((v, at) => packed.set(v, at * embedder.dimension));
  const catalog = new PaperCatalog(stored);
  return new HybridRetriever(catalog, new PackedVectors(items, packed, embedder.dimension), await LexicalIndex.build(catalog.all()), embedder);
}
const lines = (f) => readFileSync(f, "utf8").trim().split("\n").map((l) => JSON.parse(l));
if (part === "0" && !process.env.TRAIN && !process.env.WIDE) {
  const { stored } = await buildCorpus({ paths: [seeds], seedsDir: seeds });
  const title = new Map(stored.map(({ paper }) => [paper.id, paper.title]));
  const r = await retrieverOf(stored);
  for (const q of lines(dev)) {
    const top = await r.retrieve({ query: q.standalone ?? q.question, limit: 40 });
    writeSync(fd, JSON.stringify({ set: "dev", id: q.id, top: top.map((x) => [title.get(x.paperId), x.score]) }) + "\n");
  }
  writeSync(fd, JSON.stringify({ set: "seeds", papers: stored.map(({ paper }) => ({ title: paper.title, abstract: paper.abstract })) }) + "\n");
}
const rows = lines(written);
const at = new Map();
const stored = rows.map((r) => { const key = `written:${r.i}`; const id = idOfKey(key); at.set(id, r.i); return { paper: toPaper({ title: r.title, abstract: r.abstract }, id, "written"), keys: [key], origins: ["written"] }; });
const r = await retrieverOf(stored);
console.log("ready", process.uptime());
let n = 0; const t0 = performance.now();
const order = process.env.TRAIN ? rows.filter((x) => x.i % 8 < 6) : rows.filter((x) => x.i % 8 === 6).filter((_, k) => !process.env.WIDE || k % 3 === 0);
for (const [k, row] of order.entries()) {
  if (k % Number(parts) !== Number(part)) continue;
  for (const kind of process.env.WIDE ? ["q"] : ["q", "c", "f"]) {
    if (!row[kind]) continue;
    const top = await r.retrieve({ query: row[kind], limit: process.env.WIDE ? 400 : 40 });
    writeSync(fd, JSON.stringify({ set: "written", i: row.i, kind, top: top.map((x) => [at.get(x.paperId), Math.round(x.score * 1e4) / 1e4, Math.round((x.why.dense) * 1e4) / 1e4]) }) + "\n");
    if (++n % 1000 === 0) console.log(n, ((performance.now() - t0) / n).toFixed(1), "ms each");
  }
}
console.log("done", n);
