import { AppError, type ErrorCode, toProblem } from "../../errors.ts";
import type { AnswerEvent, AnswerFrame } from "../../protocol.ts";
import { deferred } from "../../util/waiting.ts";
import { isOurFault } from "../problem.ts";

interface Options {
  readonly owner: string;
  readonly messageId: string;
  /** The client's name for it, told in the `start` frame. */
  readonly requestId?: string | undefined;
  readonly ask: (signal: AbortSignal) => AsyncIterable<AnswerEvent>;
  /** Milliseconds: for the whole answer, and for ending after it was stopped. */
  readonly limits: { readonly answer: number; readonly abort: number };
  readonly onError: (error: unknown) => void;
}

export type RunOutcome = "done" | "aborted" | "error" | "refused";

/**
 * One answer while it is made and for a while after: numbers its events and keeps them, so that any number of
 * followers read each at their own pace, from any place, without gap or double. Nobody has to follow: it goes on.
 */
export class AnswerRun {
  readonly owner: string;
  readonly messageId: string;
  readonly requestId: string | undefined;
  /** With the first frame; rejects with what `ask` threw before it. */
  readonly started: Promise<void>;
  /** When no frame can come any more. Never rejects. */
  readonly ended: Promise<RunOutcome>;

  readonly #options: Options;
  readonly #frames: AnswerFrame[] = [];
  readonly #stop = new AbortController();
  readonly #start = deferred();
  readonly #end = deferred<RunOutcome>();
  /** Followers that have read all there is. */
  #waiting: (() => void)[] = [];
  #over = false;
  #failure: ErrorCode | undefined;

  constructor(options: Options) {
    this.#options = options;
    this.owner = options.owner;
    this.messageId = options.messageId;
    this.requestId = options.requestId;
    this.started = this.#start.promise;
    this.started.catch(() => {}); // Who waits for it is told; nobody has to.
    this.ended = this.#end.promise;
    this.#limitTime();
    void this.#read();
  }

  get over(): boolean {
    return this.#over;
  }

  /** The number of the newest frame; 0 before the first. */
  get lastSeq(): number {
    return this.#frames.length;
  }

  get lastFrame(): AnswerFrame | undefined {
    return this.#frames.at(-1);
  }

  /** What ended it, where that was an error. */
  get failure(): ErrorCode | undefined {
    return this.#failure;
  }

  /** Stops the answer: what was written so far is kept, and followers get `aborted`. */
  cancel(): void {
    this.#stop.abort();
  }

  /**
   * The frames after `afterSeq`: those that are there, then each as it comes, to the last. Ends early, at the latest
   * with the next frame, when `signal` aborts.
   * @throws what `ask` threw before the first frame
   */
  async *follow(afterSeq: number, signal?: AbortSignal): AsyncGenerator<AnswerFrame, void> {
    let next = afterSeq;
    while (!signal?.aborted) {
      const frame = this.#frames[next];
      if (frame !== undefined) {
        next += 1;
        yield frame;
      } else if (this.#over) {
        return this.#frames.length === 0 ? await this.started : undefined;
      } else {
        await new Promise<void>((resolve) => this.#waiting.push(resolve));
      }
    }
  }

  async #read(): Promise<void> {
    try {
      for await (const event of this.#options.ask(this.#stop.signal)) {
        if (this.#over) return;
        this.#add(event);
      }
      this.#fail(new AppError("internal", `Answer ${this.messageId} ended without its last event`));
    } catch (error) {
      this.#fail(error);
    }
  }

  #add(event: AnswerEvent): void {
    const named = event.type === "start" ? { ...event, ...this.#requestName() } : event;
    this.#frames.push({ ...named, messageId: this.messageId, seq: this.#frames.length + 1 });
    this.#start.resolve();
    if (event.type === "done" || event.type === "aborted" || event.type === "error") this.#finish(event.type);
    this.#wake();
  }

  #requestName(): { requestId?: string } {
    return this.requestId === undefined ? {} : { requestId: this.requestId };
  }

  /** An error after the last event changes nothing: the answer is out. */
  #fail(error: unknown): void {
    if (this.#over) return;
    if (isOurFault(error) && !this.#stop.signal.aborted) this.#options.onError(error);
    this.#failure = toProblem(error).error.code;
    if (this.#frames.length > 0) {
      this.#add({ type: "error", ...toProblem(error).error });
    } else {
      this.#start.reject(error);
      this.#finish("refused");
      this.#wake();
    }
  }

  #finish(outcome: RunOutcome): void {
    this.#over = true;
    this.#end.resolve(outcome);
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }

  /** After `limits.answer` it is stopped; when it ignores that for `limits.abort`, it is given up. */
  #limitTime(): void {
    const { answer, abort } = this.#options.limits;
    const stop = setTimeout(() => this.cancel(), answer);
    let giveUp: NodeJS.Timeout | undefined;
    this.#stop.signal.addEventListener("abort", () => {
      const error = new AppError("internal", `Answer ${this.messageId} did not stop within ${abort} ms`);
      giveUp = setTimeout(() => {
        this.#options.onError(error);
        this.#fail(error);
      }, abort);
    });
    void this.ended.then(() => {
      clearTimeout(stop);
      clearTimeout(giveUp);
    });
  }
}

/**
 * A client cannot have a frame that was never sent: waiting for the ones after it would leave a gap.
 * @throws AppError bad_request
 */
export function checkSeq(run: AnswerRun, afterSeq: number, field: string): void {
  if (afterSeq <= run.lastSeq) return;
  const fact = `the last frame of message "${run.messageId}" is ${run.lastSeq}`;
  throw new AppError("bad_request", `${field} is ${afterSeq}: ${fact}`, { field });
}
