/** Milliseconds between two rounds: 25 a second look steady, and leave the page time for anyone who types meanwhile. */
const ROUND_MS = 40;

/** Collects values and hands them on together, so many times a second at most. */
export class Paced<Value> {
  readonly #take: (values: readonly Value[]) => void;
  #values: Value[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(take: (values: readonly Value[]) => void) {
    this.#take = take;
  }

  push(value: Value): void {
    this.#values.push(value);
    this.#timer ??= setTimeout(() => this.flush(), ROUND_MS);
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const values = this.#values;
    this.#values = [];
    if (values.length > 0) this.#take(values);
  }
}
