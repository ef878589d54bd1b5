/** The dense side: how near a question is to each paper, by the whole of it and by its nearest passage. */
import type { VectorHit, VectorStore } from "../store/vectors/vector-store.ts";
import { topIndices } from "../util/vectors.ts";
import type { RankedPassage } from "./retriever.ts";

/** Weight of the nearest passage beside the whole paper, which alone misses what one sentence says. .1 of 0 to .5. */
const PASSAGE_WEIGHT = 0.1;
/**
 * Whole papers, and passages, that are asked of the store for being nearest: what lies behind the last of them is only
 * looked at when another side speaks for it. More make the first search longer, fewer the second.
 */
const NEAREST = 30;
/** What rounding to 32 bits may add to a score. */
const ROUNDING = 1e-6;

export interface DensePaper {
  /** Position of the paper. */
  readonly at: number;
  readonly score: number;
  /** All of its passages, nearest first. */
  readonly passages: readonly RankedPassage[];
}

interface Scored {
  readonly at: number;
  readonly score: number;
  /** With what the other sides give. */
  readonly sum: number;
  readonly passages: readonly VectorHit[];
}

const bySum = (a: Scored, b: Scored): number => b.sum - a.sum || a.at - b.at;

export class DenseRanker {
  readonly #vectors: VectorStore;
  readonly #paperIds: readonly string[];
  readonly #positions: ReadonlyMap<string, number>;
  readonly #nearest: number;

  /** @param paperIds the papers in the order in which positions count them */
  constructor(vectors: VectorStore, paperIds: readonly string[], nearest = NEAREST) {
    this.#vectors = vectors;
    this.#paperIds = paperIds;
    this.#positions = new Map(paperIds.map((id, at) => [id, at]));
    this.#nearest = nearest;
  }

  /**
   * The `count` papers of the highest sum of their dense score and what the other sides give them, best first; ties keep
   * the order of papers. Exactly those that a look at every paper would find: no paper that the store does not name as
   * near can be nearer than the last that it names (R. Fagin, A. Lotem, M. Naor 2003, "Optimal aggregation algorithms
   * for middleware").
   * @param query of unit length; not written to until this resolves
   * @param others by position; -Infinity keeps a paper out
   */
  async best(query: Float32Array, others: Float64Array, count: number): Promise<DensePaper[]> {
    const { papers, behind } = await this.#near(query, others);
    for (const at of topIndices(others, count)) papers.add(at);
    const scored = await this.#score(query, papers, others);
    const least = scored.sort(bySum)[count - 1]?.sum ?? Number.NEGATIVE_INFINITY;
    const rest = new Set<number>();
    for (let at = 0; at < others.length; at++) {
      if ((others[at] as number) + behind >= least && !papers.has(at)) rest.add(at);
    }
    const found =
      rest.size === 0 ? scored : [...scored, ...(await this.#score(query, rest, others))].sort(bySum);
    return found
      .slice(0, count)
      .map(({ at, score, passages }) => ({ at, score, passages: passages.map(toPassage) }));
  }

  /** The papers that the store names as near, and what the dense score of any other is at most. */
  async #near(query: Float32Array, others: Float64Array): Promise<{ papers: Set<number>; behind: number }> {
    const limit = this.#nearest;
    const paperIds = this.#allowed(others);
    const find = (kind: "paper" | "passage") =>
      this.#vectors.search(query, { limit, filter: { kind, ...(paperIds && { paperIds }) } });
    const [wholes, passages] = await Promise.all([find("paper"), find("passage")]);
    const hits = [...wholes, ...passages];
    const papers = new Set(hits.flatMap(({ item }) => this.#positions.get(item.paperId) ?? []));
    // A paper without a vector of its own scores 0 as a whole.
    const whole = wholes.length < limit ? 0 : Math.max(0, wholes.at(-1)?.score ?? 0);
    const passage = passages.length < limit ? whole : (passages.at(-1)?.score ?? 0);
    return { papers, behind: Math.max(whole, weighed(whole, passage)) + ROUNDING };
  }

  /** The ids of the papers that may be found; undefined when all may. */
  #allowed(others: Float64Array): ReadonlySet<string> | undefined {
    if (!others.includes(Number.NEGATIVE_INFINITY)) return undefined;
    return new Set(this.#paperIds.filter((_, at) => others[at] !== Number.NEGATIVE_INFINITY));
  }

  async #score(query: Float32Array, papers: ReadonlySet<number>, others: Float64Array): Promise<Scored[]> {
    const wanted = [...papers].filter((at) => others[at] !== Number.NEGATIVE_INFINITY);
    if (wanted.length === 0) return [];
    const paperIds = new Set(wanted.map((at) => this.#paperIds[at] as string));
    const hits = await this.#vectors.search(query, { filter: { paperIds } });
    const byPaper = new Map<string, { whole: number; passages: VectorHit[] }>();
    for (const hit of hits) {
      const own = byPaper.get(hit.item.paperId) ?? { whole: 0, passages: [] };
      if (hit.item.kind === "paper") own.whole = hit.score;
      else own.passages.push(hit);
      byPaper.set(hit.item.paperId, own);
    }
    return wanted.map((at) => {
      const { whole, passages } = byPaper.get(this.#paperIds[at] as string) ?? { whole: 0, passages: [] };
      const score = Math.fround(weighed(whole, passages[0]?.score ?? whole));
      return { at, score, sum: (others[at] as number) + score, passages };
    });
  }
}

function toPassage({ item: { field, start, end }, score }: VectorHit): RankedPassage {
  return { field, start, end, score };
}

function weighed(whole: number, passage: number): number {
  return (1 - PASSAGE_WEIGHT) * whole + PASSAGE_WEIGHT * passage;
}
