/** The user always gets an answer: where the first answerer fails, the second one answers and says why. */

import { ModelError } from "../model/chat-model.ts";
import { linkedAbort } from "../util/abort.ts";
import type { Answerer, AnswerPart, AnswerRequest, ComposedAnswer } from "./answerer.ts";
import { wholeAnswer } from "./whole-answer.ts";

/** For a failure that is no fault of the model: its text is for the log alone. */
const UNKNOWN = new ModelError("unknown").reason;

export class FallbackAnswerer implements Answerer {
  readonly model: string;
  readonly #first: Answerer;
  readonly #second: Answerer;
  readonly #onFault: (error: unknown) => void;

  /** @param onFault called with each failure that the second one makes up for */
  constructor(first: Answerer, second: Answerer, onFault: (error: unknown) => void) {
    this.model = first.model;
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
