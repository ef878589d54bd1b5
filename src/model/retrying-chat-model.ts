/** Time limits and retries around a chat model: what keeps an asker from waiting for one that does not answer. */
import { setTimeout as sleep } from "node:timers/promises";
import type { ChatMessage, ChatModel, ModelDelta } from "./chat-model.ts";
import { ModelError, type ModelFault } from "./model-error.ts";
import { TimedStream } from "./timed-stream.ts";

/** Requests for one answer at most, the first included. */
const MOST_ATTEMPTS = 4;
/** Milliseconds before the second attempt where the server does not say; doubled each time. */
const FIRST_WAIT_MS = 400;
/** Milliseconds by which a wait is lengthened at random at most: askers turned away together come back apart. */
const JITTER_MS = 200;
/** Of the time to the first delta: how often that a model may think before its first word, and between two. */
const WORD_TIMES = 10;
/** Milliseconds of it at most: an answer ends after five minutes, and the papers' own needs to be written by then. */
const MOST_WORD_MS = 180_000;
/** Faults that may be gone a moment later. Nobody listens or no such model: those stay. */
const PASSING: ReadonlySet<ModelFault> = new Set(["rate-limited", "server-failed", "unreachable"]);

interface PatientOptions {
  /**
   * Milliseconds to the first delta, over all attempts, and from each to the next. Ten times as long, and no longer than
   * three minutes where that is more, to the first word that shows, and from each of these to the next.
   */
  readonly timeoutMs: number;
  readonly random?: () => number;
  /** Milliseconds, monotonic. */
  readonly clock?: () => number;
}

export class RetryingChatModel implements ChatModel {
  readonly name: string;
  readonly #model: ChatModel;
  readonly #timeoutMs: number;
  readonly #wordMs: number;
  readonly #random: () => number;
  readonly #clock: () => number;

  constructor(model: ChatModel, options: PatientOptions) {
    this.name = model.name;
    this.#model = model;
    this.#timeoutMs = options.timeoutMs;
    this.#wordMs = Math.max(options.timeoutMs, Math.min(WORD_TIMES * options.timeoutMs, MOST_WORD_MS));
    this.#random = options.random ?? Math.random;
    this.#clock = options.clock ?? (() => performance.now());
  }

  async *stream(messages: readonly ChatMessage[], signal?: AbortSignal): AsyncGenerator<ModelDelta, void> {
    const [timeoutMs, wordMs] = [this.#timeoutMs, this.#wordMs];
    const asked = this.#clock();
    const deadline = asked + timeoutMs;
    for (let attempt = 1; ; attempt++) {
      const passed = this.#clock() - asked;
      const [firstMs, firstWordMs] = [timeoutMs - passed, wordMs - passed];
      const limits = { firstMs, timeoutMs, firstWordMs, wordMs, signal };
      const request = new TimedStream(this.#model, messages, limits);
      let begun = false;
      let failure: unknown;
      try {
        for (let next = await request.next(); !next.done; next = await request.next()) {
          begun = true;
          yield next.value;
        }
        return;
      } catch (error) {
        failure = error;
      } finally {
        request.close();
      }
      signal?.throwIfAborted();
      const wait = begun ? Number.POSITIVE_INFINITY : this.#waitAfter(failure, attempt);
      if (this.#clock() + wait >= deadline) throw failure;
      await sleep(wait, undefined, signal === undefined ? {} : { signal });
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
}
