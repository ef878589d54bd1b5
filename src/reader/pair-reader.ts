/** Port: a question and a paper are read together, and every sentence gets a number: how likely it answers. */

/** What of a paper is read. */
export interface ReadablePaper {
  readonly title: string;
  readonly abstract: string;
}

/** The number of a sentence that the reader does not come to, far below what it gives to one that it does. */
export const UNREAD = -20;

export interface PairReader {
  /** Hash over the model's files: readings of unequal hashes are not comparable. */
  readonly fingerprint: string;
  /** Whether the vocabulary has this as a word: what is misspelt falls into pieces. */
  isWord(text: string): boolean;
  /** Whether most of the text is letters, in its vocabulary: of figures or another script its numbers would mean nothing. */
  reads(text: string): boolean;
  /**
   * What is known of a paper before any question: opaque, made once, for `score` alone.
   * @throws DOMException AbortError when `signal` fires
   */
  read(paper: ReadablePaper, signal?: AbortSignal): Promise<Uint8Array>;
  /**
   * A vector of the question alone, of any length, whose cosine with that of a reading (`paperVector`) tells how likely
   * the paper answers: coarser than `score`, and as quick over a whole corpus as a product of vectors.
   */
  vector(question: string): Promise<Float32Array>;
  /**
   * For each reading one logit for each sentence of the paper's abstract (`splitSentences`), in order; UNREAD for those
   * past the bound on a paper's length. Comparable between papers and, roughly, between questions.
   * @throws DOMException AbortError when `signal` fires between two runs
   */
  score(
    question: string,
    readings: readonly Uint8Array[],
    signal?: AbortSignal,
  ): Promise<readonly Float32Array[]>;
}
