/** Dense and lexical ranking, fused by calibrated scores: cosine plus a convex function of the BM25 share. */
import type { PaperCatalog } from "../corpus/catalog.ts";
import type { Embedder } from "../embedding/embedder.ts";
import type { Paper } from "../protocol.ts";
import type { VectorStore } from "../store/vector-store.ts";
import { topIndices } from "../util/top-indices.ts";
import { DenseRanker } from "./dense.ts";
import { embedQuestion } from "./embed-question.ts";
import { feedback } from "./feedback.ts";
import type { LexicalIndex } from "./lexical.ts";
import type { RankedPaper, RetrievalRequest, Retriever } from "./retriever.ts";
import { scopeFilter } from "./scope.ts";

/**
 * What a BM25 share s in [0, 1) adds to the cosine: LINEAR·s + SQUARE·s². The square lets a paper that holds most of
 * the question's words win outright, while a few shared words hardly count. Chosen on the development questions,
 * Cranfield and CISI together (README: the table).
 */
const LINEAR = 0.7;
const SQUARE = 2;
/** Papers that feedback re-ranks. 20 to 100 give the same first ten. */
const RERANKED = 50;
/** Passages a paper, nearest first: enough for an answer to quote from, few enough to send. */
const PASSAGES_A_PAPER = 3;

export class HybridRetriever implements Retriever {
  readonly #catalog: PaperCatalog;
  readonly #papers: readonly Paper[];
  readonly #embedder: Embedder;
  readonly #dense: DenseRanker;
  readonly #lexical: LexicalIndex;

  /** @param lexical of the catalog's papers, in its order */
  constructor(catalog: PaperCatalog, vectors: VectorStore, lexical: LexicalIndex, embedder: Embedder) {
    this.#catalog = catalog;
    this.#embedder = embedder;
    this.#papers = catalog.all();
    this.#lexical = lexical;
    this.#dense = new DenseRanker(
      vectors,
      this.#papers.map((paper) => paper.id),
    );
  }

  idf(term: string): number {
    return this.#lexical.idf(term);
  }

  async retrieve({ query, limit, scope, signal }: RetrievalRequest): Promise<RankedPaper[]> {
    const passes = scopeFilter(this.#catalog, scope);
    const dense = this.#dense.scores(await embedQuestion(this.#embedder, query, signal));
    const lexical = this.#lexical.shares(query);
    const fused = new Float64Array(this.#papers.length);
    for (const [at, paper] of this.#papers.entries()) {
      const share = lexical[at] as number;
      lexical[at] = LINEAR * share + SQUARE * share * share;
      fused[at] =
        passes?.(paper) === false
          ? Number.NEGATIVE_INFINITY
          : (dense.papers[at] as number) + (lexical[at] as number);
    }
    return this.#reranked(fused, limit).map(({ at, score, added }) => ({
      paperId: this.#papers[at]?.id ?? "",
      score,
      why: { dense: (dense.papers[at] ?? 0) + added, lexical: lexical[at] ?? 0 },
      passages: this.#dense.passages(at, dense.items, PASSAGES_A_PAPER),
    }));
  }

  /** The best papers after feedback; `added` is what it added. */
  #reranked(fused: Float64Array, limit: number): { at: number; score: number; added: number }[] {
    const pool = topIndices(fused, Math.max(limit, RERANKED)).filter(
      (at) => fused[at] !== Number.NEGATIVE_INFINITY,
    );
    const added = feedback(pool.map((at) => this.#dense.whole(at)));
    return pool
      .map((at, rank) => ({ at, score: (fused[at] ?? 0) + (added[rank] ?? 0), added: added[rank] ?? 0 }))
      .sort((a, b) => b.score - a.score || a.at - b.at)
      .slice(0, limit);
  }
}
