/** What is said and shown where no paper answers. */
import { NOT_FOUND } from "../protocol/wording.ts";
import type { Source } from "../protocol.ts";
import { escapeMarkdown } from "../util/strings.ts";
import type { AnswerRequest } from "./answerer.ts";

/** Papers offered where the corpus does not answer. */
const SUGGESTED = 3;

export function notFound({
  sources,
  corpusSize,
  papersAsked,
}: Pick<AnswerRequest, "sources" | "corpusSize" | "papersAsked">): string {
  const [first] = sources;
  if (papersAsked === 0) return NOT_FOUND.noPaper;
  if (papersAsked === 1 && first !== undefined) return NOT_FOUND.inOne(escapeMarkdown(first.paper.title));
  return papersAsked === corpusSize ? NOT_FOUND.anywhere : NOT_FOUND.inScope(papersAsked);
}

/** @param sources best first; what shares nothing with the question is not near it */
export function nearestTo(sources: readonly Source[]): Source[] {
  return sources.filter(({ score }) => score > 0).slice(0, SUGGESTED);
}
