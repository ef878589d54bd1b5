import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { untilAborted } from "../../util/abort.ts";

/** Milliseconds that a write waits for another program, its turn included: more than a backup or a bulk write takes. */
const LONGEST_MS = 5000;
/** Milliseconds between two tries, each well under one; a write of another Footnote takes less than 10. */
const AGAIN_MS = 10;

/** How long a caller waits while another program holds the database. */
export interface Patience {
  /** Ends the wait; what has begun to be written is written. */
  readonly signal?: AbortSignal | undefined;
  /** false: not at all. Absent: until it is free, or for the longest time that anything waits. */
  readonly wait?: false | undefined;
}

interface Options {
  readonly isLocked: (error: unknown) => boolean;
  /** What those get who waited in vain. */
  readonly error: (waitedMs: number) => Error;
  readonly longestMs?: number | undefined;
}

/**
 * Work that another program's lock may keep out: tried at once while nobody waits, else in the order in which it came,
 * one at a time, with the event loop free between the tries.
 */
export class LockLine {
  readonly #options: Options;
  #waiting = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: Options) {
    this.#options = options;
  }

  /** @throws what `work` throws but that it is locked; then the error of the options, or the signal's reason */
  async run<Result>(work: () => Result, { signal, wait }: Patience = {}): Promise<Result> {
    const { isLocked, error } = this.#options;
    if (this.#waiting === 0) {
      try {
        return work();
      } catch (thrown) {
        if (!isLocked(thrown) || wait === false) throw thrown;
      }
    } else if (wait === false) throw error(0);
    this.#waiting += 1;
    const since = performance.now();
    const turn = this.#last
      .then(() => this.#again(work, since, signal))
      .finally(() => {
        this.#waiting -= 1;
      });
    this.#last = turn.catch(() => undefined);
    return signal === undefined ? turn : untilAborted(turn, signal);
  }

  async #again<Result>(work: () => Result, since: number, signal: AbortSignal | undefined): Promise<Result> {
    const { isLocked, error, longestMs = LONGEST_MS } = this.#options;
    for (;;) {
      signal?.throwIfAborted();
      try {
        return work();
      } catch (thrown) {
        if (!isLocked(thrown)) throw thrown;
      }
      const waited = performance.now() - since;
      if (waited >= longestMs) throw error(waited);
      await sleep(AGAIN_MS, undefined, { signal });
    }
  }
}
