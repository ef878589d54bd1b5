/** The dense side: how near a question is to each paper, by the whole of it and by its nearest passage. */
import type { VectorStore } from "../store/vector-store.ts";
import type { RankedPassage } from "./retriever.ts";

/** Weight of the nearest passage beside the whole paper, which alone misses what one sentence says. .1 of 0 to .5. */
const PASSAGE_WEIGHT = 0.1;

export class DenseRanker {
  readonly #vectors: VectorStore;
  /** Items of each paper, in the order of `paperIds`: the whole paper's (-1 for none), and its passages'. */
  readonly #wholes: Int32Array;
  readonly #passages: readonly number[][];

  /** @param paperIds the papers in the order in which `scores` counts them */
  constructor(vectors: VectorStore, paperIds: readonly string[]) {
    this.#vectors = vectors;
    this.#wholes = new Int32Array(paperIds.length).fill(-1);
    this.#passages = paperIds.map(() => []);
    const positions = new Map(paperIds.map((id, at) => [id, at]));
    for (const [index, item] of vectors.items.entries()) {
      const paper = positions.get(item.paperId);
      if (paper === undefined) continue;
      if (item.kind === "paper") this.#wholes[paper] = index;
      else this.#passages[paper]?.push(index);
    }
  }

  /** For a question's vector the score of every paper, and of every item of the store, which `passages` takes. */
  scores(query: Float32Array): { papers: Float32Array; items: Float32Array } {
    const items = this.#vectors.scores(query);
    const papers = new Float32Array(this.#wholes.length);
    for (let paper = 0; paper < papers.length; paper++) {
      const whole = items[this.#wholes[paper] as number] ?? 0;
      const passages = this.#passages[paper] as number[];
      let nearest = passages.length === 0 ? whole : -1;
      for (const index of passages) nearest = Math.max(nearest, items[index] as number);
      papers[paper] = (1 - PASSAGE_WEIGHT) * whole + PASSAGE_WEIGHT * nearest;
    }
    return { papers, items };
  }

  /** The passages of a paper, nearest first. */
  passages(paper: number, items: Float32Array, count: number): RankedPassage[] {
    return (this.#passages[paper] ?? [])
      .map((index) => ({ index, score: items[index] ?? 0 }))
      .sort((a, b) => b.score - a.score || a.index - b.index)
      .slice(0, count)
      .flatMap(({ index, score }) => {
        const item = this.#vectors.items[index];
        return item === undefined ? [] : [{ field: item.field, start: item.start, end: item.end, score }];
      });
  }
}
