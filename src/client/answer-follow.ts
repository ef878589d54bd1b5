import type { AnswerEvent, AnswerFrame, ClientFrame } from "../protocol.ts";
import { type Deferred, deferred } from "../util/waiting.ts";

export type AskFrame = Extract<ClientFrame, { type: "ask" }>;

/** What names an answer: the question that asks for it, or the id of its message where it is asked for already. */
export type Asked = { readonly ask: AskFrame } | { readonly messageId: string; readonly requestId: string };

/**
 * One answer as its reader gets it: every frame once and in order, however often the connection that brings them is cut.
 */
export class AnswerFollow {
  readonly requestId: string;
  readonly #asked: Asked;
  readonly #signal: AbortSignal | undefined;
  readonly #frames: AnswerFrame[] = [];
  #messageId: string | undefined;
  #seq = 0;
  #over = false;
  #failure: unknown;
  #change: Deferred<void> = deferred();

  /** @param signal stops the answer */
  constructor(asked: Asked, signal?: AbortSignal) {
    this.#asked = asked;
    this.#signal = signal;
    this.requestId = "ask" in asked ? asked.ask.requestId : asked.requestId;
    this.#messageId = "ask" in asked ? undefined : asked.messageId;
  }

  /** Known with the first frame at the latest. */
  get messageId(): string | undefined {
    return this.#messageId;
  }

  /** Of the newest frame; 0 before the first. */
  get seq(): number {
    return this.#seq;
  }

  get over(): boolean {
    return this.#over;
  }

  /**
   * What a new connection is to be sent. The same requestId never starts a second answer, so a question whose first
   * frame was lost may be sent again.
   */
  request(): ClientFrame {
    const { requestId } = this;
    if (this.#messageId !== undefined) {
      return { type: "resume", requestId, messageId: this.#messageId, afterSeq: this.#seq };
    }
    return (this.#asked as { ask: AskFrame }).ask;
  }

  /** Takes a frame if it is the next of this answer. */
  take(frame: AnswerFrame): void {
    if (frame.type === "start" && frame.requestId === this.requestId) this.#messageId ??= frame.messageId;
    if (this.#over || frame.messageId !== this.#messageId || frame.seq !== this.#seq + 1) return;
    this.#seq = frame.seq;
    this.#frames.push(frame);
    if (isLast(frame)) this.#over = true;
    this.#wake();
  }

  /** The last frame, where those before it are gone. */
  finish(event: AnswerEvent): void {
    if (this.#messageId === undefined) return;
    this.take({ ...event, messageId: this.#messageId, seq: this.#seq + 1 });
  }

  fail(error: unknown): void {
    if (this.#over) return;
    this.#over = true;
    this.#failure = error;
    this.#wake();
  }

  /** Without a connection: a question that was stopped before the server gave it a name is not sent again. */
  withdrawIfStopped(): void {
    if (this.#messageId === undefined && this.#signal?.aborted) this.fail(this.#signal.reason);
  }

  /** @throws what `fail` was given, after the frames before it */
  async *frames(): AsyncGenerator<AnswerFrame, void> {
    for (;;) {
      const { promise } = this.#change;
      const frame = this.#frames.shift();
      if (frame !== undefined) yield frame;
      else if (this.#failure !== undefined) throw this.#failure;
      else if (this.#over) return;
      else await promise;
    }
  }

  #wake(): void {
    const change = this.#change;
    this.#change = deferred();
    change.resolve();
  }
}

function isLast({ type }: AnswerFrame): boolean {
  return type === "done" || type === "aborted" || type === "error";
}
