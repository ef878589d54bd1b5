/** The sentences of a paper as an answer chooses among them: with their vectors, and what each does there. */
import { type ReadPaper, type ReadSentence, readPaper } from "../corpus/read-paper.ts";
import type { Embedder } from "../embedding/embedder.ts";
import type { Paper } from "../protocol.ts";
import { type Opening, openingOf } from "./opening.ts";
import { type Role, rolesOf } from "./rhetorical-role.ts";

interface PlacedSentence extends ReadSentence {
  /** What it does in the abstract, and how much speaks for that (rhetorical-role.ts). */
  readonly role: Role;
  readonly roleWeight: number;
  /** Whether it can be read without the one before it. */
  readonly opening: Opening;
}

export interface PaperSentence extends PlacedSentence {
  readonly vector: Float32Array;
}

/** Sentences of a paper, the first: 50,000 letters of prose have some 350. All are scored again for each question. */
const MOST_SENTENCES = 400;

/**
 * For each paper its first sentences in order; a blank abstract has none. All that have no vectors yet are embedded in
 * one call of the model.
 * @throws DOMException AbortError when `signal` fires
 */
export async function paperSentences(
  papers: readonly Paper[],
  embedder: Embedder,
  signal?: AbortSignal,
): Promise<(readonly PaperSentence[])[]> {
  const read = papers.map(readPaper);
  const unseen = read.filter(({ vectors }) => !vectors.has(embedder));
  const texts = unseen.map((paper) => paper.part(firstSentences).map(({ text }) => text));
  const made = await embedder.embed(texts.flat(), "passage", signal);
  let next = 0;
  for (const [at, paper] of unseen.entries()) {
    const count = texts[at]?.length ?? 0;
    paper.vectors.set(embedder, made.slice(next, next + count));
    next += count;
  }
  return read.map((paper) => {
    const vectors = paper.vectors.get(embedder) ?? [];
    return paper
      .part(firstSentences)
      .map((sentence, at) => ({ ...sentence, vector: vectors[at] ?? new Float32Array(embedder.dimension) }));
  });
}

function firstSentences({ sentences, titleTerms }: ReadPaper): PlacedSentence[] {
  const first = sentences.slice(0, MOST_SENTENCES);
  const roles = rolesOf(first.map(({ text }) => text));
  return first.map((sentence, at) => {
    const { role = "approach", weight: roleWeight = 0 } = roles[at] ?? {};
    return { ...sentence, role, roleWeight, opening: openingOf(sentence.text, titleTerms) };
  });
}
