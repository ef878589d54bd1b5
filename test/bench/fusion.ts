/** Ways to fuse the dense and the lexical ranking, on the same questions: the table of src/retrieval/README.md. */

import { hit, ndcg, recall } from "../../src/eval/run.ts";
import { Question } from "../../src/question/question.ts";
import { DenseRanker } from "../../src/retrieval/dense.ts";
import { embedQuestion } from "../../src/retrieval/embed-question.ts";
import { HybridRetriever } from "../../src/retrieval/hybrid.ts";
import { LexicalIndex } from "../../src/retrieval/lexical.ts";
import { mean } from "../../src/util/statistics.ts";
import { beirCollection, type Collection, type Query, seedCollection } from "./collections.ts";
import { bundledEmbedder } from "./embedder.ts";

type Scores = ArrayLike<number>;
interface Sides {
  readonly dense: Scores;
  readonly lexical: Scores;
}

const combine = ({ dense, lexical }: Sides, weight: (share: number) => number) =>
  Float64Array.from(dense, (value, at) => value + weight(lexical[at] ?? 0));

const WAYS: Record<string, (sides: Sides) => Scores> = {
  "dense alone": ({ dense }) => dense,
  "lexical alone (BM25)": ({ lexical }) => lexical,
  "reciprocal rank, k=60": ({ dense, lexical }) => reciprocalRank([dense, lexical]),
  "z-scores, lexical × .3": ({ dense, lexical }) =>
    combine({ dense: standard(dense), lexical: standard(lexical) }, (z) => 0.3 * z),
  "z-scores, lexical × 1": ({ dense, lexical }) =>
    combine({ dense: standard(dense), lexical: standard(lexical) }, (z) => z),
  "cosine + .5 s": (sides) => combine(sides, (s) => 0.5 * s),
  "cosine + 1.5 s": (sides) => combine(sides, (s) => 1.5 * s),
  "cosine + .3 s + 2 s²": (sides) => combine(sides, (s) => 0.3 * s + 2 * s * s),
  "cosine + .7 s + 1 s²": (sides) => combine(sides, (s) => 0.7 * s + s * s),
  "cosine + .7 s + 2 s²": (sides) => combine(sides, (s) => 0.7 * s + 2 * s * s),
  "cosine + 1 s + 2 s²": (sides) => combine(sides, (s) => s + 2 * s * s),
};

interface Ranked {
  readonly query: Query;
  readonly ids: string[];
}

export async function benchFusion(): Promise<void> {
  const embedder = await bundledEmbedder();
  const old = [await beirCollection("cranfield", embedder), await beirCollection("cisi", embedder)];
  if (old.includes(undefined))
    console.log("Cranfield and CISI skipped: BENCH_COLLECTIONS names no folder with them");
  const collections = [await seedCollection(embedder), ...old.filter((one) => one !== undefined)];
  const ranked = new Map<string, Ranked[]>(
    [...Object.keys(WAYS), "as built (HybridRetriever)"].map((way) => [way, []]),
  );
  for (const collection of collections) {
    const ids = collection.catalog.all().map(({ id }) => id);
    const dense = new DenseRanker(collection.vectors, ids);
    const lexical = await LexicalIndex.build(collection.catalog.all());
    const built = new HybridRetriever(collection.catalog, collection.vectors, lexical, embedder);
    for (const query of collection.queries) {
      const sides = {
        dense: await denseScores(dense, await embedQuestion(embedder, new Question(query.text)), ids.length),
        lexical: lexical.shares(query.text),
      };
      for (const [way, fuse] of Object.entries(WAYS))
        ranked.get(way)?.push({ query, ids: order(fuse(sides), collection) });
      const hybrid = await built.retrieve({ question: new Question(query.text), limit: 50 });
      ranked.get("as built (HybridRetriever)")?.push({ query, ids: hybrid.map(({ paperId }) => paperId) });
    }
  }
  for (const [way, list] of ranked) console.log(`${way.padEnd(28)} ${figures(list)}`);
  for (const half of [0, 1]) {
    const list = (ranked.get("as built (HybridRetriever)") ?? []).filter((_, at) => at % 2 === half);
    console.log(`${`as built, half ${half + 1}`.padEnd(28)} ${figures(list)}`);
  }
}

async function denseScores(dense: DenseRanker, query: Float32Array, papers: number): Promise<Float32Array> {
  const scores = new Float32Array(papers);
  for (const { at, score } of await dense.best(query, new Float64Array(papers), papers)) scores[at] = score;
  return scores;
}

function figures(list: readonly Ranked[]): string {
  const of = (type: string, figure: (ids: string[], query: Query) => number) =>
    mean(list.filter(({ query }) => query.type === type).map(({ ids, query }) => figure(ids, query)));
  const cell = (value: number) => (Number.isNaN(value) ? "–" : value.toFixed(4));
  return [
    `semantic hit@10 ${cell(of("semantic", (ids, q) => hit(ids, q, 10)))} nDCG ${cell(of("semantic", ndcg))}`,
    `factual hit@1 ${cell(of("factual", (ids, q) => hit(ids, q, 1)))}`,
    `multi recall@10 ${cell(of("multi", recall))}`,
    `followup hit@3 ${cell(of("followup", (ids, q) => hit(ids, q, 3)))}`,
    `summary hit@1 ${cell(of("summary", (ids, q) => hit(ids, q, 1)))}`,
    `cranfield nDCG ${cell(of("cranfield", ndcg))}`,
    `cisi nDCG ${cell(of("cisi", ndcg))}`,
  ].join(" | ");
}

function order(scores: Scores, { catalog }: Collection): string[] {
  const at = Array.from(scores, (_, index) => index).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
  return at.slice(0, 50).map((index) => catalog.all()[index]?.id ?? "");
}

function standard(scores: Scores): Float64Array {
  const values = Float64Array.from(scores);
  const middle = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread =
    Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / values.length) || 1;
  return values.map((value) => (value - middle) / spread);
}

/** Cormack, Clarke & Büttcher 2009. */
function reciprocalRank(lists: readonly Scores[]): Float64Array {
  const sums = new Float64Array(lists[0]?.length ?? 0);
  for (const scores of lists) {
    const at = Array.from(scores, (_, index) => index).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
    at.forEach((index, rank) => {
      sums[index] = (sums[index] ?? 0) + 1 / (60 + rank + 1);
    });
  }
  return sums;
}
