/** The sentences of a paper with their vectors and terms, made once: questions come back to the same papers. */

import type { Embedder } from "../../embedding/embedder.ts";
import type { Paper } from "../../protocol.ts";
import { splitSentences } from "../../text/sentences.ts";
import { terms } from "../../text/terms.ts";
import { type Opening, openingOf } from "./opening.ts";
import { type Role, rolesOf } from "./rhetorical-role.ts";

export interface PaperSentence {
  /** UTF-16 offsets into the abstract. */
  readonly start: number;
  readonly end: number;
  readonly vector: Float32Array;
  readonly terms: ReadonlySet<string>;
  /** What it does in the abstract, and how much speaks for that (rhetorical-role.ts). */
  readonly role: Role;
  readonly roleWeight: number;
  /** Whether it can be read without the one before it. */
  readonly opening: Opening;
}

/** Papers kept, the least recently asked for go first: at ten sentences of 256 dimensions, about 20 kB each. */
const KEPT = 2000;
/** Sentences of a paper, the first: 50,000 letters of prose have some 350. All are scored again for each question. */
const MOST_SENTENCES = 400;

export class PaperSentences {
  readonly #embedder: Embedder;
  /** By id and revision, the one asked for last at the end. */
  readonly #known = new Map<string, readonly PaperSentence[]>();

  constructor(embedder: Embedder) {
    this.#embedder = embedder;
  }

  /** For each paper its first sentences in order; a blank abstract has none. */
  async of(papers: readonly Paper[], signal?: AbortSignal): Promise<(readonly PaperSentence[])[]> {
    const made = await this.#make(
      papers.filter((paper) => !this.#known.has(keyOf(paper))),
      signal,
    );
    return papers.map((paper) =>
      this.#keep(keyOf(paper), made.get(paper) ?? this.#known.get(keyOf(paper)) ?? []),
    );
  }

  /** All in one call of the model. */
  async #make(papers: readonly Paper[], signal?: AbortSignal): Promise<Map<Paper, PaperSentence[]>> {
    const split = papers.map((paper) => {
      const spans = splitSentences(paper.abstract).slice(0, MOST_SENTENCES);
      return { paper, spans, texts: spans.map(({ start, end }) => paper.abstract.slice(start, end)) };
    });
    const vectors = await this.#embedder.embed(
      split.flatMap(({ texts }) => texts),
      "passage",
      signal,
    );
    let next = 0;
    return new Map(
      split.map(({ paper, spans, texts }) => {
        const roles = rolesOf(texts);
        const title = new Set(terms(paper.title));
        const made = spans.map((span, at): PaperSentence => {
          const { role = "approach", weight: roleWeight = 0 } = roles[at] ?? {};
          const vector = vectors[next++] ?? new Float32Array(this.#embedder.dimension);
          const text = texts[at] ?? "";
          return {
            ...span,
            vector,
            terms: new Set(terms(text)),
            role,
            roleWeight,
            opening: openingOf(text, title),
          };
        });
        return [paper, made];
      }),
    );
  }

  #keep(key: string, sentences: readonly PaperSentence[]): readonly PaperSentence[] {
    this.#known.delete(key);
    this.#known.set(key, sentences);
    const [oldest] = this.#known.keys();
    if (this.#known.size > KEPT && oldest !== undefined) this.#known.delete(oldest);
    return sentences;
  }
}

function keyOf(paper: Paper): string {
  return `${paper.id} ${paper.revision}`;
}
