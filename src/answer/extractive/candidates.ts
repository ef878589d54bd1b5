/** Every sentence of the sources, scored by how likely it states what the question asks. */
import type { Embedder } from "../../embedding/embedder.ts";
import type { Paper, Source } from "../../protocol.ts";
import { embedQuestion } from "../../retrieval/embed-question.ts";
import { terms } from "../../retrieval/terms.ts";
import { dot } from "../../util/dot.ts";
import type { AnswerRequest } from "../answerer.ts";
import type { PaperSentences } from "./paper-sentences.ts";

/**
 * Weight of the question's words in the sentence, beside its cosine and its paper's fused score. Of .5, 1 and 2 the
 * largest puts the answer into the first sentence most often (factual development questions: .80, .87, .89).
 */
const COVERAGE_WEIGHT = 2;

export interface Candidate {
  readonly source: Source;
  readonly paper: Paper;
  /** UTF-16 offsets into the abstract. */
  readonly start: number;
  readonly end: number;
  readonly vector: Float32Array;
  readonly score: number;
}

/** Best first. */
export async function rankSentences(
  request: AnswerRequest,
  embedder: Embedder,
  sentences: PaperSentences,
): Promise<Candidate[]> {
  const { standaloneQuestion, sources, signal } = request;
  const question = await embedQuestion(embedder, standaloneQuestion, signal);
  const asked = [...new Set(terms(standaloneQuestion))];
  const papers = sources.map(({ paper }) => request.paper(paper.id));
  const found = await sentences.of(papers, signal);
  const candidates = sources.flatMap((source, at) => {
    const paper = request.paper(source.paper.id);
    const title = new Set(terms(paper.title));
    return (found[at] ?? []).map(({ start, end, vector, terms: own }): Candidate => {
      const coverage = COVERAGE_WEIGHT * novelCoverage(asked, title, own, request.idf);
      return { source, paper, start, end, vector, score: source.score + dot(question, vector) + coverage };
    });
  });
  return candidates.sort((a, b) => b.score - a.score);
}

/**
 * How much of the question the sentence speaks of, in [0, 1] by idf, leaving out the words of the paper's title:
 * those only say which paper is meant, and would favour the sentence that introduces it over the one that answers.
 */
function novelCoverage(
  asked: readonly string[],
  title: ReadonlySet<string>,
  sentence: ReadonlySet<string>,
  idf: (term: string) => number,
): number {
  let covered = 0;
  let all = 0;
  for (const term of asked) {
    if (title.has(term)) continue;
    const weight = idf(term);
    all += weight;
    if (sentence.has(term)) covered += weight;
  }
  return all === 0 ? 0 : covered / all;
}
