/** The default answerer: no language model, the abstracts' own sentences, each with its note. */
import type { Embedder } from "../../embedding/embedder.ts";
import type { Confidence } from "../../protocol.ts";
import { escapeMarkdown } from "../../util/escape-markdown.ts";
import type { Answerer, AnswerPart, AnswerRequest, ComposedAnswer } from "../answerer.ts";
import { smallTalk, smallTalkReply } from "../small-talk.ts";
import { rankSentences } from "./candidates.ts";
import { compose } from "./compose.ts";
import { PaperSentences } from "./paper-sentences.ts";
import { planAnswer } from "./plan-answer.ts";
import { shapeAnswer } from "./shape-answer.ts";

/** Papers offered where the corpus does not answer. */
const SUGGESTED = 3;

export class ExtractiveAnswerer implements Answerer {
  readonly model = "extractive";
  readonly #embedder: Embedder;
  readonly #sentences: PaperSentences;

  constructor(embedder: Embedder) {
    this.#embedder = embedder;
    this.#sentences = new PaperSentences(embedder);
  }

  async *answer(request: AnswerRequest): AsyncGenerator<AnswerPart, ComposedAnswer> {
    const chat = request.task === "question" ? smallTalk(request.question) : undefined;
    if (chat !== undefined) return yield* this.#say(smallTalkReply(chat, request.corpusSize));
    if (request.confidence === "none") return yield* this.#say(abstention(request));
    const plan = planAnswer(request);
    const ranked = await rankSentences({ request, ...plan }, this.#embedder, this.#sentences);
    if (ranked.length === 0) return yield* this.#say(abstention(request));
    const composed = yield* compose(request, shapeAnswer(plan, ranked, request));
    return { ...composed, ...this.#about(request.confidence) };
  }

  /** An answer without notes. */
  async *#say(text: string): AsyncGenerator<AnswerPart, ComposedAnswer> {
    yield { type: "text", text };
    return { text, citations: [], ...this.#about("none") };
  }

  #about(confidence: Confidence) {
    return { confidence, unsupported: [], model: this.model };
  }
}

function abstention({ sources, corpusSize, papersAsked }: AnswerRequest): string {
  const which = papersAsked === corpusSize ? "here" : "asked";
  if (papersAsked === 0) return "There was no paper to ask.";
  if (papersAsked === 1) return `The one paper ${which} does not answer this.`;
  const says = `None of the ${papersAsked} papers ${which} answers this.`;
  const nearest = sources.slice(0, SUGGESTED).map(({ paper }) => `- ${escapeMarkdown(paper.title)}`);
  return nearest.length === 0 ? says : `${says} The nearest are:\n\n${nearest.join("\n")}`;
}
