import { type LinkedAbort, linkedAbort } from "../../util/linked-abort.ts";
import type { ChatMessage, ChatModel, ModelDelta } from "./chat-model.ts";
import { ModelError, type ModelFault } from "./model-error.ts";

interface Limits {
  /** Milliseconds to the first delta. */
  readonly firstMs: number;
  /** Milliseconds from each to the next; told in the error. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

/** One request to a model, of which each delta has a time limit. */
export class LimitedStream {
  readonly #timeoutMs: number;
  readonly #stop: LinkedAbort;
  readonly #deltas: AsyncIterator<ModelDelta>;
  #timer: NodeJS.Timeout;
  #begun = false;
  #fault: ModelFault = "late";
  /** Ends the wait that is on; undefined while the reader is at work, whose time does not count. */
  #fail: ((reason: unknown) => void) | undefined;

  constructor(model: ChatModel, messages: readonly ChatMessage[], { firstMs, timeoutMs, signal }: Limits) {
    this.#timeoutMs = timeoutMs;
    this.#stop = linkedAbort(signal);
    const stopped = this.#stop.signal;
    // One listener and one timer for all deltas: a hundred streams wait for five thousand a second.
    stopped.addEventListener("abort", () => this.#fail?.(stopped.reason), { once: true });
    this.#timer = this.#limit(firstMs);
    this.#deltas = model.stream(messages, stopped)[Symbol.asyncIterator]();
  }

  /**
   * The next delta, or the end. Does not wait for a model that ignores its signal.
   * @throws ModelError: late, stalled, or what the model throws; the signal's reason
   */
  async next(): Promise<IteratorResult<ModelDelta>> {
    this.#stop.signal.throwIfAborted();
    this.#timer.refresh();
    const next = await new Promise<IteratorResult<ModelDelta>>((resolve, reject) => {
      this.#fail = reject;
      this.#deltas.next().then(resolve, reject);
    });
    this.#fail = undefined;
    if (!this.#begun) {
      this.#begun = true;
      clearTimeout(this.#timer);
      this.#timer = this.#limit(this.#timeoutMs);
    }
    if (!next.done && next.value.text !== "") this.#fault = "stalled";
    return next;
  }

  /** Closes the connection; a model that does not let go of its last delta is not waited for. */
  close(): void {
    clearTimeout(this.#timer);
    this.#stop.release();
    this.#stop.abort();
    void this.#deltas.return?.()?.catch(() => undefined);
  }

  #limit(ms: number): NodeJS.Timeout {
    return setTimeout(() => {
      if (this.#fail === undefined) return;
      this.#stop.abort(new ModelError(this.#fault, { detail: `${this.#timeoutMs} ms` }));
    }, ms);
  }
}
