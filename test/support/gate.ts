/** Holds work back until the test lets it pass, step by step. */
export class Gate {
  #permits = 0;
  #open = false;
  #waiting: (() => void)[] = [];

  /** Resolves when it is this one's turn, or when `signal` aborts. */
  pass(signal?: AbortSignal): Promise<void> {
    if (this.#open || signal?.aborted) return Promise.resolve();
    if (this.#permits > 0) {
      this.#permits -= 1;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      signal?.addEventListener("abort", () => resolve());
    });
  }

  /** Lets `count` steps pass. */
  step(count = 1): void {
    for (let i = 0; i < count; i++) {
      const next = this.#waiting.shift();
      if (next === undefined) this.#permits += 1;
      else next();
    }
  }

  open(): void {
    this.#open = true;
    for (const next of this.#waiting.splice(0)) next();
  }
}
