/** The dense side: how near a question is to each paper, by the whole of it and by its nearest passage. */
import type { VectorStore } from "../store/vector-store.ts";
import type { RankedPassage } from "./retriever.ts";

/** Weight of the nearest passage beside the whole paper, which alone misses what one sentence says. .2 of 0 to .5. */
const PASSAGE_WEIGHT = 0.2;

/** A paper's places among the items of the store. */
interface Places {
  readonly paper: number;
  readonly passages: readonly number[];
}

export class DenseRanker {
  readonly #vectors: VectorStore;
  readonly #places: readonly Places[];

  /** @param paperIds the papers in the order in which `scores` counts them */
  constructor(vectors: VectorStore, paperIds: readonly string[]) {
    this.#vectors = vectors;
    const places = new Map<string, { paper: number; passages: number[] }>();
    for (const id of paperIds) places.set(id, { paper: -1, passages: [] });
    vectors.items.forEach((item, index) => {
      const place = places.get(item.paperId);
      if (place === undefined) return;
      if (item.kind === "paper") place.paper = index;
      else place.passages.push(index);
    });
    this.#places = [...places.values()];
  }

  /** For a question's vector the score of every paper, and of every item of the store, which `passages` takes. */
  scores(query: Float32Array): { papers: Float32Array; items: Float32Array } {
    const items = this.#vectors.scores(query);
    const papers = Float32Array.from(this.#places, ({ paper, passages }) => {
      const whole = items[paper] ?? 0;
      const nearest = passages.reduce((best, index) => Math.max(best, items[index] ?? 0), -1);
      return passages.length === 0 ? whole : (1 - PASSAGE_WEIGHT) * whole + PASSAGE_WEIGHT * nearest;
    });
    return { papers, items };
  }

  /** The passages of a paper, nearest first. */
  passages(paper: number, items: Float32Array, count: number): RankedPassage[] {
    return (this.#places[paper]?.passages ?? [])
      .map((index) => ({ index, score: items[index] ?? 0 }))
      .sort((a, b) => b.score - a.score || a.index - b.index)
      .slice(0, count)
      .flatMap(({ index, score }) => {
        const item = this.#vectors.items[index];
        return item === undefined ? [] : [{ field: item.field, start: item.start, end: item.end, score }];
      });
  }
}
