/** Answers by a language model: its text as it is written, each marker checked out; where it fails, another answers. */
import { ClaimSupport } from "../../claim/claim-support.ts";
import { SupportAcrossLanguages } from "../../claim/support-across-languages.ts";
import type { Embedder } from "../../embedding/embedder.ts";
import { type ChatModel, ModelError, readingLimits } from "../../model/chat-model.ts";
import type { Prompts } from "../../model/prompts.ts";
import { languageOf } from "../../question/language/language.ts";
import { linkedAbort } from "../../util/abort.ts";
import { Channel } from "../../util/turns.ts";
import type { Answerer, AnswerPart, AnswerRequest, ComposedAnswer } from "../answerer.ts";
import { answerShape, planAnswer } from "../extractive/shape-answer.ts";
import { answerMessages, newFence, type TokenLimits } from "./answer-messages.ts";
import { AnswerWriting } from "./answer-writing.ts";
import { FittingQuestion, ModelWindow } from "./fitting-question.ts";

interface ChatModelAnswererOptions {
  readonly model: ChatModel;
  readonly prompts: Prompts;
  readonly embedder: Embedder;
  readonly limits: TokenLimits;
  /** Answers what no model is needed for: small talk, orders, and questions without sources. */
  readonly plain: Answerer;
  readonly fence?: () => string;
}

export class ChatModelAnswerer implements Answerer {
  readonly model: string;
  readonly wantsBodies = true;
  readonly #options: ChatModelAnswererOptions;
  readonly #support: ClaimSupport;
  readonly #window: ModelWindow;
  /** Of the newest question's index: a term weighs nearly the same in the one before it. */
  #idf: (term: string) => number = () => 1;

  constructor(options: ChatModelAnswererOptions) {
    this.model = options.model.name;
    this.#options = options;
    this.#window = new ModelWindow(options.limits);
    // One for all questions: it keeps the vectors of the sentences of papers that are cited again.
    this.#support = new ClaimSupport(options.embedder, (term) => this.#idf(term));
  }

  /** @throws ModelError; what was streamed by then is no answer */
  async *answer(request: AnswerRequest): AsyncGenerator<AnswerPart, ComposedAnswer> {
    const { plain, prompts, limits, model, fence = newFence } = this.#options;
    if (!needsModel(request)) return yield* plain.answer(request);
    this.#idf = request.idf;
    const stop = linkedAbort(request.signal);
    const { signal } = stop;
    const parts = new Channel<AnswerPart>();
    const asking = new FittingQuestion(model, this.#window, (fitting) =>
      answerMessages(request, prompts, fitting, fence()),
    );
    const reading = readingLimits(limits.maxTokens);
    const writing = new AnswerWriting({
      request,
      shown: () => asking.shown,
      support: new SupportAcrossLanguages(this.#support, languageOf(request.question.text)),
      limits: reading,
      signal,
      parts,
    });
    const written = writing.write(asking.stream(signal)).finally(() => parts.close());
    written.catch(() => {}); // Told below, once the parts are read.
    try {
      yield { type: "sources", sources: request.sources };
      for (let batch = await parts.batch(); batch !== undefined; batch = await parts.batch()) {
        for (const part of merged(batch)) yield part;
      }
      const whole = (await written) ?? (await this.#abstain(request));
      const shape = answerShape(planAnswer(request));
      return { shape, ...whole, ...writing.told, model: this.model };
    } finally {
      // Who stops reading stops the model.
      stop.abort();
      stop.release();
    }
  }

  /** Instead of an answer that names only sources there are none of. */
  #abstain(request: AnswerRequest): Promise<ComposedAnswer> {
    return wholeAnswer(this.#options.plain.answer({ ...request, confidence: "none" }));
  }
}

/**
 * Small talk and orders aside every question that has sources is the model's to answer: the decision that was made before
 * is what is expected of it.
 */
function needsModel({ task, question, confidence, sources, read }: AnswerRequest): boolean {
  if (sources.length === 0) return false;
  if (task !== "question" || confidence !== "none") return question.talk === undefined || task !== "question";
  if (question.talk !== undefined || read?.kind === "small-talk") return false;
  return question.orderless === question && question.terms.length > 0;
}

/** The text of all parts, then their notes: each still comes behind its marker. */
function merged(parts: readonly AnswerPart[]): readonly AnswerPart[] {
  if (parts.length === 1) return parts;
  const text = parts.map((part) => (part.type === "text" ? part.text : "")).join("");
  const notes = parts.filter(({ type }) => type === "citation");
  return text === "" ? notes : [{ type: "text", text }, ...notes];
}

/** For a failure that is no fault of the model: its text is for the log alone. */
const UNKNOWN = new ModelError("unknown").reason;

/** The user always gets an answer: where the first answerer fails, the second one answers and says why. */
export class FallbackAnswerer implements Answerer {
  readonly model: string;
  readonly wantsBodies: boolean;
  readonly #first: Answerer;
  readonly #second: Answerer;
  readonly #onFault: (error: unknown) => void;

  /** @param onFault called with each failure that the second one makes up for */
  constructor(first: Answerer, second: Answerer, onFault: (error: unknown) => void) {
    this.model = first.model;
    this.wantsBodies = first.wantsBodies === true;
    this.#first = first;
    this.#second = second;
    this.#onFault = onFault;
  }

  async *answer(request: AnswerRequest): AsyncGenerator<AnswerPart, ComposedAnswer> {
    // Who stops reading stops the first answerer too.
    const stop = linkedAbort(request.signal);
    let shown = false;
    try {
      const parts = this.#first.answer({ ...request, signal: stop.signal });
      let part = await parts.next();
      for (; !part.done; part = await parts.next()) {
        shown ||= part.value.type !== "sources";
        yield part.value;
      }
      return part.value;
    } catch (error) {
      if (request.signal?.aborted) throw error;
      this.#onFault(error);
      const reason = error instanceof ModelError ? error.reason : UNKNOWN;
      const second = this.#second.answer(request);
      // Behind the beginning of another answer nothing is shown: the final text replaces both.
      const composed = shown ? await wholeAnswer(second) : yield* second;
      return { ...composed, fallback: { from: this.model, reason } };
    } finally {
      stop.abort();
      stop.release();
    }
  }
}

/** The answer at its end, its parts unseen. */
async function wholeAnswer(parts: AsyncGenerator<AnswerPart, ComposedAnswer>): Promise<ComposedAnswer> {
  let part = await parts.next();
  while (!part.done) part = await parts.next();
  return part.value;
}
