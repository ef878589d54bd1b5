import type { Embedder } from "../../embedding/embedder.ts";
import type { Paper } from "../../protocol.ts";
import { PaperSentences } from "../extractive/paper-sentences.ts";

export interface Evidence {
  /** UTF-16 offsets into the abstract. */
  readonly start: number;
  readonly end: number;
  /** In [0, 1]. */
  readonly support: number;
}

export class ClaimSupport {
  readonly #sentences: PaperSentences;
  readonly #idf: (term: string) => number;

  constructor(embedder: Embedder, idf: (term: string) => number) {
    this.#sentences = new PaperSentences(embedder);
    this.#idf = idf;
  }

  async best(claim: string, paper: Paper, signal?: AbortSignal): Promise<Evidence> {
    const [sentences] = await this.#sentences.of([paper], signal);
    const first = sentences?.[0] ?? { start: 0, end: paper.abstract.length };
    return { start: first.start, end: first.end, support: this.#idf(claim) > 0 ? 1 : 0 };
  }
}
