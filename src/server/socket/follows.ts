import { tooMuch } from "../../assistant/too-much.ts";
import type { AnswerFrame } from "../../protocol.ts";
import type { AnswerRun } from "../answers/answer-run.ts";

/** Seconds: an answer takes some tenths of one, or of a language model several. */
const RETRY_AFTER_S = 1;

interface Options {
  /** Answers at a time. */
  readonly most: number;
  /** Resolves when the next frame may come. */
  readonly send: (frame: AnswerFrame) => Promise<void>;
  /** Called with each answer for which there is no room. */
  readonly onFull: () => void;
  /** An answer that never started. */
  readonly onFail: (error: unknown, run: AnswerRun) => void;
}

/** The answers that one client follows. */
export class Follows {
  readonly #options: Options;
  /** By message id: what ends the following. */
  readonly #stops = new Map<string, AbortController>();
  readonly #tasks = new Set<Promise<void>>();

  constructor(options: Options) {
    this.#options = options;
  }

  /** @throws AppError rate_limited when no more can be followed, beside those that are */
  requireRoom(messageId?: string): void {
    const { most, onFull } = this.#options;
    if (this.#stops.size < most || (messageId !== undefined && this.#stops.has(messageId))) return;
    onFull();
    throw tooMuch(`This connection follows ${most} answers already`, RETRY_AFTER_S);
  }

  /** Following an answer again, from another place, ends following it from the old one: no frame comes twice. */
  follow(run: AnswerRun, afterSeq: number): void {
    const { messageId } = run;
    this.#stops.get(messageId)?.abort();
    const stop = new AbortController();
    this.#stops.set(messageId, stop);
    const task = this.#relay(run, afterSeq, stop.signal).finally(() => {
      if (this.#stops.get(messageId) === stop) this.#stops.delete(messageId);
      this.#tasks.delete(task);
    });
    this.#tasks.add(task);
  }

  /** Resolves when every answer that is followed now has been sent to its end. */
  async settled(): Promise<void> {
    await Promise.all(this.#tasks);
  }

  end(): void {
    for (const stop of this.#stops.values()) stop.abort();
  }

  async #relay(run: AnswerRun, afterSeq: number, signal: AbortSignal): Promise<void> {
    try {
      for await (const frame of run.follow(afterSeq, signal)) await this.#options.send(frame);
    } catch (error) {
      this.#options.onFail(error, run);
    }
  }
}
