import type { Answer, Paper } from "../../src/protocol.ts";

const ABSTRACT = "Graph walks rank pages. They converge fast.";

export const samplePaper: Paper = {
  id: "p1",
  title: "On graph walks",
  abstract: ABSTRACT,
  authors: ["Ada Lovelace"],
  year: 2024,
  source: "fixture",
  revision: "r1",
};

/** A valid answer with one verified note. */
export function sampleAnswer(messageId: string, conversationId: string, question: string): Answer {
  const { abstract, ...paper } = samplePaper;
  const quote = abstract.slice(0, 23);
  const passage = { field: "abstract" as const, text: quote, start: 0, end: quote.length };
  return {
    messageId,
    conversationId,
    question,
    standaloneQuestion: question,
    text: `${quote} [1]`,
    citations: [
      {
        id: "c1",
        marker: 1,
        paperId: paper.id,
        paperRevision: paper.revision,
        title: paper.title,
        claim: { start: 0, end: quote.length },
        field: "abstract",
        quote,
        start: 0,
        end: quote.length,
        support: "strong",
      },
    ],
    sources: [{ marker: 1, paper, score: 0.9, passages: [passage] }],
    confidence: "high",
    abstained: false,
    unsupported: [],
    model: "extractive",
    timings: { retrievalMs: 1, firstTokenMs: 2, totalMs: 3 },
  };
}
