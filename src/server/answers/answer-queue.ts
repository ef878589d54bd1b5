import { tooMuch } from "../../assistant/too-much.ts";
import { FairQueue } from "./fair-queue.ts";
import { QueuePlace } from "./queue-place.ts";

/** Seconds after which one who found the line full may try again: enough to answer some hundred questions. */
const RETRY_AFTER_S = 5;

interface Options {
  /** Answers made at a time; 0: any number. */
  readonly atOnce: number;
  /** Asks in line from which on only those are let in who have fewer there than their share. */
  readonly waiting: number;
  /** Milliseconds, monotonic. */
  readonly clock?: () => number;
}

/** Lets so many asks be answered at a time; the others wait in a fair line. */
export class AnswerQueue {
  readonly #atOnce: number;
  readonly #mostWaiting: number;
  readonly #clock: () => number;
  readonly #line = new FairQueue<QueuePlace>();
  #running = 0;

  constructor({ atOnce, waiting, clock = () => performance.now() }: Options) {
    this.#atOnce = atOnce === 0 ? Number.POSITIVE_INFINITY : atOnce;
    this.#mostWaiting = waiting;
    this.#clock = clock;
  }

  get running(): number {
    return this.#running;
  }

  get waiting(): number {
    return this.#line.size;
  }

  /**
   * A place, which has its turn at once when there is room. Who joins must leave.
   * @param path whom the line is fair to, such as [owner, address, connection]
   * @throws AppError rate_limited when the line is full
   */
  join(path: readonly string[]): QueuePlace {
    this.#requireRoom(path);
    const place: QueuePlace = new QueuePlace({
      clock: this.#clock,
      onLeave: (was) => {
        if (was === "running") this.#running -= 1;
        else this.#line.remove(path, place);
        this.#callNext();
      },
    });
    this.#line.add(path, place);
    this.#callNext();
    return place;
  }

  #requireRoom(path: readonly string[]): void {
    const { size } = this.#line;
    if (this.#running < this.#atOnce || size < this.#mostWaiting) return;
    if (this.#line.hasShare(path, this.#mostWaiting)) return;
    throw tooMuch(`${size.toLocaleString("en")} questions wait for an answer already`, RETRY_AFTER_S);
  }

  #callNext(): void {
    while (this.#running < this.#atOnce) {
      const next = this.#line.take();
      if (next === undefined) return;
      this.#running += 1;
      next.call();
    }
  }
}
