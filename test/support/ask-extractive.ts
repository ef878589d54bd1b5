/** Two papers, and what the extractive answerer says when it is asked of them. */
import type { AnswerPart, AnswerRequest, ComposedAnswer } from "../../src/answer/answerer.ts";
import { ExtractiveAnswerer } from "../../src/answer/extractive/extractive-answerer.ts";
import type { Paper, Source } from "../../src/protocol.ts";
import { Question } from "../../src/question/question.ts";
import { UNKNOWN_TERM } from "../../src/text/terms.ts";
import { makePaper } from "./make-paper.ts";
import { realEmbedder } from "./real-embedder.ts";

const QUESTION = "How much does accuracy drop when heads are pruned?";

export const PAPERS = [
  makePaper({
    title: "PruNet [draft]: Removing heads",
    abstract:
      "Transformers have many attention heads. However, it is unclear which heads are needed. We propose PruNet, which removes heads one by one on the WMT14 dataset. Moreover, it is differentiable. Our results show that accuracy drops by 0.4\\% only [1]. Inference is 2.3 times faster. Code is available at https://example.org.",
  }).paper,
  makePaper({
    title: "QuaNet: Fewer bits",
    abstract:
      "Weights take much memory. We introduce QuaNet, a method for weights of $|w| < 4$ bits. We show that memory drops by half.",
  }).paper,
];

export type Change = Partial<Omit<AnswerRequest, "question" | "standalone">> & { question?: string };

export function request({ question = QUESTION, ...change }: Change = {}): AnswerRequest {
  const asked = new Question(question);
  return {
    messageId: "m",
    question: asked,
    standalone: asked,
    task: "question",
    confidence: "high",
    sources: sourcesOf(PAPERS),
    paper: (id) => PAPERS.find((paper) => paper.id === id) ?? never(id),
    corpusSize: 2,
    scopeSize: 2,
    idf: (term) => (term === UNKNOWN_TERM ? 6 : 1),
    ...change,
  };
}

export function sourcesOf(papers: readonly Paper[]): Source[] {
  return papers.map(({ abstract: _, ...paper }, at) => ({
    marker: at + 1,
    paper,
    score: 1.5 - at / 10,
    passages: [],
  }));
}

export function never(id: string): never {
  throw new Error(`no paper ${id}`);
}

export async function answer(
  change: Change = {},
): Promise<{ parts: AnswerPart[]; composed: ComposedAnswer }> {
  const stream = new ExtractiveAnswerer(await realEmbedder()).answer(request(change));
  const parts: AnswerPart[] = [];
  for (;;) {
    const next = await stream.next();
    if (next.done) return { parts, composed: next.value };
    parts.push(next.value);
  }
}
