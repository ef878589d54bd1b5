/** Two thousand answers in all forms of citation, cut anywhere, with thoughts and leftovers: none has an invented note. */
import { expect, it } from "vitest";
import type { AnswerRequest, ComposedAnswer } from "../../../../src/answer/answerer.ts";
import { ExtractiveAnswerer } from "../../../../src/answer/extractive/extractive-answerer.ts";
import { ChatModelAnswerer } from "../../../../src/answer/written/chat-model-answerer.ts";
import { type ChatModel, type ModelDelta, ModelError } from "../../../../src/model/chat-model.ts";
import { DeltaReader } from "../../../../src/model/langchain/delta-reader.ts";
import { Prompts } from "../../../../src/model/prompts.ts";
import { Question } from "../../../../src/question/question.ts";
import { fuzzedAnswer, inventedMarkers } from "../../../support/fuzzed-answer.ts";
import { makePaper } from "../../../support/make-paper.ts";
import { realEmbedder } from "../../../support/real-embedder.ts";

const STREAMS = 2000;
const PAPERS = [
  "CoreInfer reaches a 10.33 times speedup. Sparse activation is fixed before decoding.",
  "Following [2], we prune the heads. The error is small (4).",
  "Bread rises overnight in a cool place.",
].map((abstract, at) => makePaper({ title: `Paper ${at + 1}`, abstract }).paper);
const QUESTION = new Question("What speedup does CoreInfer achieve?");

/** Says what a server streams, as the adapter reads it. */
class FuzzedModel implements ChatModel {
  readonly name = "test:model";
  seed = 0;

  async *stream(): AsyncGenerator<ModelDelta, void> {
    const reader = new DeltaReader();
    for (const content of fuzzedAnswer(this.seed).tokens) yield reader.take({ content });
    yield reader.end();
  }
}

async function whole(parts: ReturnType<ChatModelAnswerer["answer"]>): Promise<ComposedAnswer | undefined> {
  try {
    for (;;) {
      const next = await parts.next();
      if (next.done) return next.value;
    }
  } catch (error) {
    // The papers answer then.
    if (error instanceof ModelError) return undefined;
    throw error;
  }
}

it("no invented note, every quote verbatim, every claim in the text", async () => {
  const model = new FuzzedModel();
  const embedder = await realEmbedder();
  const answerer = new ChatModelAnswerer({
    model,
    embedder,
    prompts: await Prompts.load(),
    limits: { contextTokens: 8192, maxTokens: 1024 },
    plain: new ExtractiveAnswerer(embedder),
  });
  const request: AnswerRequest = {
    messageId: "m",
    question: QUESTION,
    standalone: QUESTION,
    task: "question",
    confidence: "high",
    sources: PAPERS.map(({ abstract: _, ...paper }, at) => ({
      marker: at + 1,
      paper,
      score: 1,
      passages: [],
    })),
    paper: (id) => PAPERS.find((paper) => paper.id === id) ?? raise(id),
    corpusSize: 3,
    scopeSize: 3,
    idf: () => 1,
  };
  const wrong: unknown[] = [];
  let answered = 0;
  for (let seed = 0; seed < STREAMS; seed++) {
    model.seed = seed;
    const composed = await whole(answerer.answer(request));
    if (composed === undefined) continue;
    answered++;
    const { text, citations } = composed;
    const invented = inventedMarkers(text, citations);
    if (invented.length > 0) wrong.push({ seed, text, invented });
    if (/<\|?think|THINK|user asks|assistant|User:|<\/s>|im_end|\*\*Sources/.test(text))
      wrong.push({ seed, text });
    for (const { paperId, quote, start, end, field, claim } of citations) {
      const { title, abstract } = request.paper(paperId);
      const isVerbatim = (field === "title" ? title : abstract).slice(start, end) === quote && quote !== "";
      if (!isVerbatim || claim.end > text.length) wrong.push({ seed, text, quote });
    }
  }
  expect(wrong).toEqual([]);
  expect(answered).toBeGreaterThan(STREAMS / 2);
});

function raise(id: string): never {
  throw new Error(`no paper ${id}`);
}
