/** Milliseconds between two rounds where the page is hidden, and so has no frames. */
const HIDDEN_MS = 250;

/** Collects values and hands them on together, at most once a frame of the screen. */
export class PerFrame<Value> {
  readonly #take: (values: readonly Value[]) => void;
  #values: Value[] = [];
  #cancel: (() => void) | undefined;

  constructor(take: (values: readonly Value[]) => void) {
    this.#take = take;
  }

  push(value: Value): void {
    this.#values.push(value);
    this.#cancel ??= document.hidden ? later(() => this.flush()) : nextFrame(() => this.flush());
  }

  flush(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    const values = this.#values;
    this.#values = [];
    if (values.length > 0) this.#take(values);
  }
}

function later(work: () => void): () => void {
  const timer = setTimeout(work, HIDDEN_MS);
  return () => clearTimeout(timer);
}

/** A frame that does not come, because the page has been hidden meanwhile, is not waited for. */
function nextFrame(work: () => void): () => void {
  const frame = requestAnimationFrame(work);
  const cancelTimer = later(work);
  return () => {
    cancelAnimationFrame(frame);
    cancelTimer();
  };
}
