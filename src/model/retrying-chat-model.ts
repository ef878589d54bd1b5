/** Time limits and retries around a chat model: what keeps an asker from waiting for one that does not answer. */
import { setTimeout as sleep } from "node:timers/promises";
import { type LinkedAbort, linkedAbort } from "../util/abort.ts";
import {
  type ChatMessage,
  type ChatModel,
  type ModelDelta,
  ModelError,
  type ModelFault,
} from "./chat-model.ts";

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

interface Limits {
  /** Milliseconds to the first delta. */
  readonly firstMs: number;
  /** Milliseconds from each to the next; told in the error. */
  readonly timeoutMs: number;
  /** Milliseconds to the first delta with a word in it. */
  readonly firstWordMs: number;
  /** Milliseconds from each of these to the next; told in the error. */
  readonly wordMs: number;
  readonly signal: AbortSignal | undefined;
}

/** One request to a model, of which each delta has a time limit, and each with a word in it another one. */
class TimedStream {
  readonly #timeoutMs: number;
  readonly #wordMs: number;
  readonly #stop: LinkedAbort;
  readonly #deltas: AsyncIterator<ModelDelta>;
  #timer: NodeJS.Timeout;
  /** Runs on while deltas come that show nothing: a model may think for ever. */
  #wordTimer: NodeJS.Timeout;
  #begun = false;
  #fault: ModelFault = "late";
  /** The last delta held a word; the next one's time counts from when it is asked for. */
  #spoke = false;
  /** Ends the wait that is on; undefined while the reader is at work, whose time does not count. */
  #fail: ((reason: unknown) => void) | undefined;

  constructor(model: ChatModel, messages: readonly ChatMessage[], limits: Limits) {
    this.#timeoutMs = limits.timeoutMs;
    this.#wordMs = limits.wordMs;
    this.#stop = linkedAbort(limits.signal);
    const stopped = this.#stop.signal;
    // One listener and two timers for all deltas: a hundred streams wait for five thousand a second.
    stopped.addEventListener("abort", () => this.#fail?.(stopped.reason), { once: true });
    this.#timer = this.#limit(limits.firstMs, this.#timeoutMs);
    this.#wordTimer = this.#limit(limits.firstWordMs, this.#wordMs);
    this.#deltas = model.stream(messages, stopped)[Symbol.asyncIterator]();
  }

  /**
   * The next delta, or the end. Does not wait for a model that ignores its signal.
   * @throws ModelError: late, wordless, stalled, or what the model throws; the signal's reason
   */
  async next(): Promise<IteratorResult<ModelDelta>> {
    this.#stop.signal.throwIfAborted();
    this.#timer.refresh();
    if (this.#spoke) this.#wordTimer.refresh();
    this.#spoke = false;
    const next = await new Promise<IteratorResult<ModelDelta>>((resolve, reject) => {
      this.#fail = reject;
      this.#deltas.next().then(resolve, reject);
    });
    this.#fail = undefined;
    if (!this.#begun) this.#begin();
    if (!next.done && /\S/.test(next.value.text)) this.#speak();
    return next;
  }

  #begin(): void {
    this.#begun = true;
    this.#fault = "wordless";
    clearTimeout(this.#timer);
    this.#timer = this.#limit(this.#timeoutMs, this.#timeoutMs);
  }

  #speak(): void {
    this.#spoke = true;
    if (this.#fault === "stalled") return;
    this.#fault = "stalled";
    clearTimeout(this.#wordTimer);
    this.#wordTimer = this.#limit(this.#wordMs, this.#wordMs);
  }

  /** Closes the connection; a model that does not let go of its last delta is not waited for. */
  close(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#wordTimer);
    this.#stop.release();
    this.#stop.abort();
    void this.#deltas.return?.()?.catch(() => undefined);
  }

  /** @param toldMs the limit as it is told, of which `ms` may be what is left */
  #limit(ms: number, toldMs: number): NodeJS.Timeout {
    const timer = setTimeout(() => {
      if (this.#fail === undefined) return void timer.refresh();
      this.#stop.abort(new ModelError(this.#fault, { detail: `${toldMs} ms` }));
    }, ms);
    return timer;
  }
}
