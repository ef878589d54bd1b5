import { type Deferred, deferred } from "./deferred.ts";
import { nextTurn } from "./next-turn.ts";

/** Values from a producer that does not wait, to one consumer: nothing is lost, and nothing waits for longer than a turn. */
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

  /**
   * What came within one turn of the event loop, together and in order; never empty. A loop that keeps up gives values
   * one by one; one that falls behind gives more at a time, and so has less to do for each.
   */
  async *batches(): AsyncGenerator<Value[], void> {
    for (;;) {
      const { promise } = this.#change;
      if (this.#values.length === 0 && !this.#closed) await promise;
      await nextTurn();
      const values = this.#values;
      this.#values = [];
      if (values.length > 0) yield values;
      else if (this.#closed) return;
    }
  }

  #wake(): void {
    const change = this.#change;
    this.#change = deferred();
    change.resolve();
  }
}
