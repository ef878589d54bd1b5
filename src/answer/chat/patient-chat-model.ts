/** Time limits and retries around a chat model: what keeps an asker from waiting for one that does not answer. */
import { setTimeout as sleep } from "node:timers/promises";
import { linkedAbort } from "../../util/linked-abort.ts";
import { untilAborted } from "../../util/until-aborted.ts";
import type { ChatMessage, ChatModel, ModelDelta } from "./chat-model.ts";
import { ModelError, type ModelFault } from "./model-error.ts";

/** Requests for one answer at the most, the first included. */
const MOST_ATTEMPTS = 4;
/** Milliseconds before the second attempt where the server does not say; doubled each time. */
const FIRST_WAIT_MS = 400;
/** Milliseconds by which a wait is lengthened at random at the most: askers turned away together come back apart. */
const JITTER_MS = 200;
/** Faults that may be gone a moment later. Nobody listens or no such model: those stay. */
const PASSING: ReadonlySet<ModelFault> = new Set(["rate-limited", "server-failed", "unreachable"]);

interface PatientOptions {
  /** Milliseconds to the first delta, over all attempts, and from each to the next. */
  readonly timeoutMs: number;
  readonly random?: () => number;
  /** Milliseconds, monotonic. */
  readonly clock?: () => number;
}

export class PatientChatModel implements ChatModel {
  readonly name: string;
  readonly #model: ChatModel;
  readonly #timeoutMs: number;
  readonly #random: () => number;
  readonly #clock: () => number;

  constructor(model: ChatModel, options: PatientOptions) {
    this.name = model.name;
    this.#model = model;
    this.#timeoutMs = options.timeoutMs;
    this.#random = options.random ?? Math.random;
    this.#clock = options.clock ?? (() => performance.now());
  }

  async *stream(messages: readonly ChatMessage[], signal?: AbortSignal): AsyncGenerator<ModelDelta, void> {
    const deadline = this.#clock() + this.#timeoutMs;
    for (let attempt = 1; ; attempt++) {
      let begun = false;
      try {
        for await (const delta of this.#attempt(messages, deadline - this.#clock(), signal)) {
          begun = true;
          yield delta;
        }
        return;
      } catch (error) {
        signal?.throwIfAborted();
        const wait = begun ? Number.POSITIVE_INFINITY : this.#waitAfter(error, attempt);
        if (this.#clock() + wait >= deadline) throw error;
        await sleep(wait, undefined, signal === undefined ? {} : { signal });
      }
    }
  }

  /** Milliseconds before the next attempt; Infinity when there is to be none. */
  #waitAfter(error: unknown, attempt: number): number {
    if (!(error instanceof ModelError) || !PASSING.has(error.fault) || attempt >= MOST_ATTEMPTS) {
      return Number.POSITIVE_INFINITY;
    }
    const wait = error.retryAfterMs ?? FIRST_WAIT_MS * 2 ** (attempt - 1);
    return wait + JITTER_MS * this.#random();
  }

  /** @param firstMs to the first delta */
  async *#attempt(
    messages: readonly ChatMessage[],
    firstMs: number,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<ModelDelta, void> {
    const stop = linkedAbort(signal);
    let fault: ModelFault = "late";
    const giveUp = (): void => stop.abort(new ModelError(fault, { detail: `${this.#timeoutMs} ms` }));
    let timer = setTimeout(giveUp, firstMs);
    const deltas = this.#model.stream(messages, stop.signal)[Symbol.asyncIterator]();
    try {
      for (;;) {
        const next = await untilAborted(deltas.next(), stop.signal);
        if (next.done) return;
        clearTimeout(timer);
        if (next.value.text !== "") fault = "stalled";
        yield next.value;
        timer = setTimeout(giveUp, this.#timeoutMs);
      }
    } finally {
      clearTimeout(timer);
      stop.release();
      // Closes the connection; a model that does not let go of its last delta is not waited for.
      stop.abort();
      void deltas.return?.()?.catch(() => undefined);
    }
  }
}
