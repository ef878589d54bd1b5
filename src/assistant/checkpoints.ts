/** Milliseconds of a streaming answer that a crash loses at most, as long as few are written at once. */
const EACH_MS = 1000;
/** Milliseconds between two of many: storing an answer of 30 kB takes 0.7 ms, for which all the others wait. */
const SPACING_MS = 50;

interface Options {
  /** Milliseconds, monotonic. */
  readonly clock: () => number;
  /** In [0, 1). */
  readonly random?: () => number;
}

/** When answers are to be stored while they are written: one schedule for all of them. */
export class Checkpoints {
  readonly #clock: () => number;
  readonly #random: () => number;
  #running = 0;

  constructor({ clock, random = Math.random }: Options) {
    this.#clock = clock;
    this.#random = random;
  }

  /** An answer begins: `due` tells whether it is to be stored now, `end` that it is over. */
  begin(): { due(): boolean; end(): void } {
    this.#running += 1;
    // Answers that begin together are not all stored in the same moment.
    let stored = this.#clock() - this.#random() * this.#period();
    return {
      due: () => {
        const now = this.#clock();
        if (now - stored < this.#period()) return false;
        stored = now;
        return true;
      },
      end: () => {
        this.#running -= 1;
      },
    };
  }

  #period(): number {
    return Math.max(EACH_MS, this.#running * SPACING_MS);
  }
}
