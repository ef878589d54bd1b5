/** Port: a question in, papers ranked by how likely they hold its answer out. */
import type { Field, Scope } from "../protocol.ts";
import type { Question } from "../question/question.ts";

export interface RankedPassage {
  readonly field: Field;
  /** UTF-16 offsets into `paper[field]`. */
  readonly start: number;
  readonly end: number;
  /** Cosine with the question, in [-1, 1]. */
  readonly score: number;
}

/** A passage of a paper's body that was read with the question. */
export interface ReadPassage {
  /** UTF-16 offsets into the body. */
  readonly start: number;
  readonly end: number;
  /** The reader's logit of each of its sentences, where there is a reader. */
  readonly sentences?: Float32Array | undefined;
}

export interface RankedPaper {
  readonly paperId: string;
  /** The fused score: higher is better, comparable within one ranking only. */
  readonly score: number;
  /** What each side added to `score`. */
  readonly why: { readonly dense: number; readonly lexical: number; readonly reader?: number };
  /** The reader's logit of each sentence of the abstract, where it read the paper (reader/pair-reader.ts). */
  readonly sentences?: Float32Array | undefined;
  /** Of its body, the likeliest first; absent where it has none, or is not among the first. */
  readonly body?: readonly ReadPassage[] | undefined;
  /** Best first. */
  readonly passages: readonly RankedPassage[];
}

export interface RelatedPaper {
  readonly paperId: string;
  /** Cosine of the two papers as wholes, in [-1, 1]. */
  readonly score: number;
}

export interface RetrievalRequest {
  readonly question: Question;
  /** Papers at most. */
  readonly limit: number;
  readonly scope?: Scope | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Retriever {
  /**
   * Best first, each paper once; fewer than `limit` only when the scope holds fewer.
   * @throws AppError not_found when the scope names an unknown paper id (the message names it).
   */
  retrieve(request: RetrievalRequest): Promise<RankedPaper[]>;
  /** The papers that are most like this one, best first; none where it has no vector. */
  related(paperId: string, limit: number): Promise<RelatedPaper[]>;
  /** The question with its misspelt words put right, as far as the corpus has them. */
  spelled(question: Question): Promise<Question>;
  /** Inverse document frequency of a stemmed term (terms.ts): how much a shared word tells. */
  idf(term: string): number;
}
