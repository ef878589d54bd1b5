import { setImmediate as turn } from "node:timers/promises";

/** Lets waiting requests through between two pieces of heavy work. @throws DOMException AbortError when aborted */
export async function nextTurn(signal?: AbortSignal): Promise<void> {
  await turn();
  signal?.throwIfAborted();
}

/** Values from a producer that does not wait, to one consumer: nothing is lost, and nothing waits for longer than a turn. */
export class Channel<Value> {
  #values: Value[] = [];
  #closed = false;
  #wake: () => void = () => {};

  push(value: Value): void {
    this.#values.push(value);
    this.#wake();
  }

  /** No more come. What was pushed before is still read. */
  close(): void {
    this.#closed = true;
    this.#wake();
  }

  /**
   * What came within one turn of the event loop, together and in order; undefined at the end. A loop that keeps up gives
   * values one by one; one that falls behind gives more at a time, and so has less to do for each.
   */
  async batch(): Promise<readonly Value[] | undefined> {
    await new Promise<void>((resolve) => {
      this.#wake = () => {
        this.#wake = () => {};
        setImmediate(resolve);
      };
      if (this.#values.length > 0 || this.#closed) this.#wake();
    });
    const values = this.#values;
    this.#values = [];
    return values.length > 0 ? values : undefined;
  }
}
