import { type Deferred, deferred } from "./deferred.ts";

/** Values from a producer that does not wait, to one consumer that does: nothing is lost, nothing is held back. */
export class Channel<Value> {
  #values: Value[] = [];
  #closed = false;
  #change: Deferred<void> = deferred();

  push(value: Value): void {
    this.#values.push(value);
    this.#wake();
  }

  /** No more come. What was pushed before is still read. */
  close(): void {
    this.#closed = true;
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Value, void> {
    for (;;) {
      const values = this.#values;
      this.#values = [];
      yield* values;
      if (this.#values.length > 0) continue;
      if (this.#closed) return;
      await this.#change.promise;
    }
  }

  #wake(): void {
    const change = this.#change;
    this.#change = deferred();
    change.resolve();
  }
}
