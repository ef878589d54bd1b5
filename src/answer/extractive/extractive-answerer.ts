/** The default answerer: no language model, the abstracts' own sentences, each with its note. */
import type { Embedder } from "../../embedding/embedder.ts";
import type { Answer, Source } from "../../protocol.ts";
import { otherLanguage } from "../../question/language/language.ts";
import type { SmallTalk } from "../../question/reading/message.ts";
import {
  type Answerer,
  type AnswerPart,
  type AnswerRequest,
  type ComposedAnswer,
  nearestTo,
  notFound,
} from "../answerer.ts";
import { rankSentences } from "./candidates.ts";
import { compose, type Piece } from "./quotation.ts";
import { answerShape, planAnswer, shapeAnswer } from "./shape-answer.ts";

/** Who asks in another language than the papers' is told so, in theirs: its words are hardly those of any paper. */
function inOtherLanguage({ question, sources, paper }: AnswerRequest): string | undefined {
  return otherLanguage(
    question.text,
    sources.map(({ paper: { id } }) => paper(id).abstract),
  );
}

export class ExtractiveAnswerer implements Answerer {
  readonly model = "extractive";
  readonly #embedder: Embedder;

  constructor(embedder: Embedder) {
    this.#embedder = embedder;
  }

  async *answer(request: AnswerRequest): AsyncGenerator<AnswerPart, ComposedAnswer> {
    const chat = request.task === "question" ? request.question.talk : undefined;
    if (chat !== undefined)
      return yield* this.#say(request, smallTalkReply(chat, request.corpusSize), "talk");
    if (request.confidence === "none") return yield* this.#notFound(request);
    const plan = planAnswer(request);
    const ranked = await rankSentences({ request, ...plan }, this.#embedder);
    if (ranked.length === 0) return yield* this.#notFound(request);
    const shaped = shapeAnswer(plan, ranked, request);
    const abroad = request.confidence === "tentative" ? inOtherLanguage(request) : undefined;
    const said = abroad === undefined ? shaped : [`${abroad}\n\n`, ...shaped];
    const { sources, pieces } = numberByAppearance(request.sources, said);
    yield { type: "sources", sources };
    const { confidence } = request;
    const about = { sources, confidence, unsupported: [], model: this.model, shape: answerShape(plan) };
    const composed = { ...(yield* compose(request, pieces)), ...about };
    if (plan.shape !== "lacking") return composed;
    const others = sources.filter(({ paper }) => paper.id !== plan.sources[0]?.paper.id);
    return { ...composed, notStated: true, nearest: nearestTo(others) };
  }

  async *#notFound(request: AnswerRequest): AsyncGenerator<AnswerPart, ComposedAnswer> {
    const text = inOtherLanguage(request) ?? notFound(request);
    const said = yield* this.#say(request, text, "none");
    return { ...said, nearest: nearestTo(request.sources) };
  }

  /** An answer without notes. */
  async *#say(
    { sources }: AnswerRequest,
    text: string,
    shape: NonNullable<Answer["shape"]>,
  ): AsyncGenerator<AnswerPart, ComposedAnswer> {
    yield { type: "sources", sources };
    yield { type: "text", text };
    return { text, citations: [], confidence: "none", unsupported: [], model: this.model, shape };
  }
}

const OPENINGS: Record<SmallTalk, string> = {
  greeting: "Hello.",
  thanks: "You are welcome.",
  chatter: "I only know the papers of this corpus.",
  noise: "I could not read a question in that.",
};

/** The reply: one line of courtesy, one that says what can be asked. */
export function smallTalkReply(kind: SmallTalk, corpusSize: number): string {
  return (
    `${OPENINGS[kind]} Ask me about the ${corpusSize} papers here: what one of them found, which of them study ` +
    "something, or for a summary of one by its title. Every sentence I answer with is quoted from a paper."
  );
}

interface Numbered {
  /** By number: those that are cited in the order of their first note, then the others as they ranked. */
  readonly sources: readonly Source[];
  readonly pieces: readonly Piece[];
}

function numberByAppearance(ranked: readonly Source[], pieces: readonly Piece[]): Numbered {
  const cited = pieces.flatMap((piece) => (typeof piece === "string" ? [] : [piece.paper.id]));
  const order = [...new Set([...cited, ...ranked.map(({ paper }) => paper.id)])];
  const byId = new Map(ranked.map((source) => [source.paper.id, source]));
  const sources = order.flatMap((id, at) => {
    const source = byId.get(id);
    return source === undefined ? [] : [{ ...source, marker: at + 1 }];
  });
  const numbered = new Map(sources.map((source) => [source.paper.id, source]));
  return {
    sources,
    pieces: pieces.map((piece) =>
      typeof piece === "string" ? piece : { ...piece, source: numbered.get(piece.paper.id) ?? piece.source },
    ),
  };
}
