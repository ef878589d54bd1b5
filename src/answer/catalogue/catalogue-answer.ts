/** An answer from the records alone: facts of the corpus, which no abstract has to say. */
import type { Paper, Source } from "../../protocol.ts";
import type { ComposedAnswer } from "../answerer.ts";

export interface CatalogueAnswer {
  /** Markdown. */
  readonly text: string;
  /** Those it names, in order. */
  readonly papers: readonly Paper[];
  /** Whether the records have what is asked. */
  readonly known: boolean;
}

export function composeCatalogue({
  text,
  papers,
  known,
}: CatalogueAnswer): ComposedAnswer & { sources: Source[] } {
  const sources = papers.map(({ abstract: _, ...paper }, at) => ({
    marker: at + 1,
    paper,
    score: 1,
    passages: [],
  }));
  const confidence = known ? "high" : "none";
  return {
    text,
    citations: [],
    sources,
    confidence,
    unsupported: [],
    model: "extractive",
    shape: "catalogue",
  };
}
