import { type LinkedAbort, linkedAbort } from "../util/abort.ts";
import type { ChatMessage, ChatModel, ModelDelta } from "./chat-model.ts";
import { ModelError, type ModelFault } from "./model-error.ts";

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
export class TimedStream {
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
