/** Port: the evidence for a question in, a streamed answer whose every note is checked out. */

import { NOT_FOUND } from "../protocol/wording.ts";
import type { Answer, Citation, Confidence, Paper, Source } from "../protocol.ts";
import type { Question } from "../question/question.ts";
import type { ReadAmong } from "../question/read-among.ts";
import { escapeMarkdown } from "../util/strings.ts";

export interface AnswerRequest {
  readonly messageId: string;
  /** As asked, what is read of it (question/reading/message.ts). */
  readonly question: Question;
  /** As it reads without the conversation around it. */
  readonly standalone: Question;
  /** What that says of the sources; absent: it is read when it is wanted. */
  readonly read?: ReadAmong<Paper> | undefined;
  /** The whole message, where `question` is a part of it. */
  readonly whole?: string;
  /** `question`: answer it. `summary`: sum up the first source; the question names it. */
  readonly task: "question" | "summary";
  /** The decision whether the corpus answers, made once before any text (abstain.ts). */
  readonly confidence: Confidence;
  /** The paper that is asked about is found, its abstract does not state what is asked; `confidence` is tentative. */
  readonly lacking?: boolean | undefined;
  /** In rank order; `paper` gives the text of each. */
  readonly sources: readonly Source[];
  /** @throws Error for an id that is not among the sources. */
  readonly paper: (id: string) => Paper;
  /** The reader's logits of the sentences of a source's abstract (reader/pair-reader.ts), where it was read. */
  readonly logits?: (id: string) => Float32Array | undefined;
  /** Papers in the whole corpus. */
  readonly corpusSize: number;
  /** Papers that the question was put to: all, or those of its scope. */
  readonly scopeSize: number;
  /** Inverse document frequency of a stemmed term in the corpus. */
  readonly idf: (term: string) => number;
  readonly signal?: AbortSignal | undefined;
}

/** The sources come before any text, numbered as the text cites them; where they come again, the later ones count. */
export type AnswerPart =
  | { readonly type: "sources"; readonly sources: readonly Source[] }
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "citation"; readonly citation: Citation };

/** The answer as it stands at the end; `text` may differ from what was streamed and then replaces it. */
export type ComposedAnswer = Pick<Answer, "text" | "citations" | "confidence" | "unsupported" | "model"> &
  Partial<
    Pick<Answer, "fallback" | "usage" | "thoughts" | "unjudged" | "shape" | "notStated" | "nearest">
  > & {
    /** Where they are numbered otherwise than in the request. */
    readonly sources?: readonly Source[];
  };

export interface Answerer {
  /** "extractive" or "provider:model". */
  readonly model: string;
  /** Papers are to come with passages of their bodies also where the abstracts answer by themselves. */
  readonly wantsBodies?: boolean;
  /**
   * Streams the parts and returns the whole. Every citation holds when it is yielded: its marker stands in the text
   * yielded so far, and its quote at its offsets in the paper. Ends early, without throwing, when `signal` fires:
   * what it returns then is what was streamed.
   */
  answer(request: AnswerRequest): AsyncGenerator<AnswerPart, ComposedAnswer>;
}

/** Papers offered where the corpus does not answer. */
const SUGGESTED = 3;

/** What is said and shown where no paper answers. */
export function notFound({
  sources,
  corpusSize,
  scopeSize,
}: Pick<AnswerRequest, "sources" | "corpusSize" | "scopeSize">): string {
  const [first] = sources;
  if (scopeSize === 0) return NOT_FOUND.noPaper;
  if (scopeSize === 1 && first !== undefined) return NOT_FOUND.inOne(escapeMarkdown(first.paper.title));
  return scopeSize === corpusSize ? NOT_FOUND.anywhere : NOT_FOUND.inScope(scopeSize);
}

/** @param sources best first; what shares nothing with the question is not near it */
export function nearestTo(sources: readonly Source[]): Source[] {
  return sources.filter(({ score }) => score > 0).slice(0, SUGGESTED);
}
