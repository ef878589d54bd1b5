import { RateLimiter, tooMuch } from "../../edge/rate-limiter.ts";
import { deferred } from "../../util/waiting.ts";
import type { Principal } from "../guard/identity.ts";
import type { ServerMetrics } from "../metrics/server-metrics.ts";

interface Limits {
  readonly limiter: RateLimiter;
  readonly queue: AnswerQueue;
  readonly metrics: ServerMetrics;
}

/** All requests over HTTP from one address wait as one connection would: each request may open its own connection. */
const HTTP = "http";

/** Lets an ask in, on whatever transport it came. @throws AppError rate_limited with the wait */
export type Admit = (principal: Principal) => Ticket;

export function admission({ limiter, queue, metrics }: Limits): Admit {
  const counted = <Result>(limit: string, work: () => Result): Result => {
    try {
      return work();
    } catch (error) {
      metrics.limited.increment({ limit });
      throw error;
    }
  };
  return ({ owner, address, connectionId = HTTP }) => {
    counted("rate", () => limiter.count(owner, address));
    return counted("line", () => queue.join([owner, address, connectionId]));
  };
}

/**
 * Searches that each question of RATE_LIMIT_PER_MINUTE stands for: a search costs less than half an answer, and who
 * types into a field of search makes one every few letters.
 */
const SEARCHES_A_QUESTION = 4;

/** Counts a search: of papers by meaning or name, of conversations. @throws AppError rate_limited with the wait */
export type CountSearch = (principal: Principal) => void;

/** @param questions a minute; 0: no limit */
export function countSearches(questions: number, { limited }: Pick<ServerMetrics, "limited">): CountSearch {
  const limiter = new RateLimiter({
    perMinute: questions * SEARCHES_A_QUESTION,
    counted: { one: "search", many: "searches" },
  });
  return ({ owner, address }) => {
    try {
      limiter.count(owner, address);
    } catch (error) {
      limited.increment({ limit: "search" });
      throw error;
    }
  };
}

/** Seconds after which one who found the line full may try again: enough to answer some hundred questions. */
const RETRY_AFTER_S = 5;

interface QueueOptions {
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
  readonly #line = new FairQueue<Ticket>();
  #running = 0;

  constructor({ atOnce, waiting, clock = () => performance.now() }: QueueOptions) {
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
  join(path: readonly string[]): Ticket {
    this.#requireRoom(path);
    const ticket: Ticket = new Ticket({
      clock: this.#clock,
      onLeave: (was) => {
        if (was === "running") this.#running -= 1;
        else this.#line.remove(path, ticket);
        this.#callNext();
      },
    });
    this.#line.add(path, ticket);
    this.#callNext();
    return ticket;
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

type State = "waiting" | "running" | "gone";

interface TicketOptions {
  /** Milliseconds, monotonic. */
  readonly clock: () => number;
  /** Called once, when it is given up. */
  readonly onLeave: (was: "waiting" | "running") => void;
}

/** One ask's place in an AnswerQueue: waiting, then having its turn, then gone. */
export class Ticket {
  readonly #options: TicketOptions;
  readonly #called = deferred();
  readonly #since: number;
  #until: number | undefined;
  #state: State = "waiting";

  constructor(options: TicketOptions) {
    this.#options = options;
    this.#since = options.clock();
  }

  /** Milliseconds that it waited for its turn; so far, if it waits still. */
  get waitedMs(): number {
    return (this.#until ?? this.#options.clock()) - this.#since;
  }

  /** Its turn has come. */
  call(): void {
    this.#move("running");
  }

  /** Resolves when its turn has come; when `signal` aborts it leaves, and resolves too. */
  async turn(signal: AbortSignal): Promise<void> {
    const leave = (): void => this.leave();
    if (signal.aborted) leave();
    signal.addEventListener("abort", leave, { once: true });
    await this.#called.promise;
    signal.removeEventListener("abort", leave);
  }

  /** Ends its turn, or its waiting. Done once more, it changes nothing. */
  leave(): void {
    const was = this.#state;
    if (was === "gone") return;
    this.#move("gone");
    this.#options.onLeave(was);
  }

  #move(state: State): void {
    this.#state = state;
    this.#until ??= this.#options.clock();
    this.#called.resolve();
  }
}

/**
 * Items that wait, each under a path of names such as [owner, address, connection]. They are taken in turn over the
 * first names, within one over the second, and so on; where the path ends, first come first served. So anyone who has
 * a thousand items in line delays nobody of another name by more than one.
 */
export class FairQueue<Item> {
  /** In the order of their next turn. */
  readonly #lines = new Map<string, FairQueue<Item>>();
  readonly #items = new Set<Item>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add([name, ...rest]: readonly string[], item: Item): void {
    this.#size += 1;
    if (name === undefined) {
      this.#items.add(item);
      return;
    }
    const line = this.#lines.get(name) ?? new FairQueue<Item>();
    this.#lines.set(name, line);
    line.add(rest, item);
  }

  /** Takes the item whose turn it is, if any. */
  take(): Item | undefined {
    const [item] = this.#items;
    if (item !== undefined) {
      this.#items.delete(item);
      this.#size -= 1;
      return item;
    }
    const [next] = this.#lines;
    if (next === undefined) return undefined;
    const [name, line] = next;
    const taken = line.take();
    this.#size -= 1;
    this.#lines.delete(name);
    if (line.size > 0) this.#lines.set(name, line);
    return taken;
  }

  /** Takes an item out of its line; tells whether it was there. */
  remove([name, ...rest]: readonly string[], item: Item): boolean {
    const line = name === undefined ? undefined : this.#lines.get(name);
    const removed = name === undefined ? this.#items.delete(item) : (line?.remove(rest, item) ?? false);
    if (removed) this.#size -= 1;
    if (name !== undefined && line?.size === 0) this.#lines.delete(name);
    return removed;
  }

  /**
   * Whether one more under this path is within its fair share of `room` places, at any of its names: where two owners
   * wait, each has half; of that half each of an owner's addresses has its part.
   */
  hasShare([name, ...rest]: readonly string[], room: number): boolean {
    if (name === undefined) return false;
    const line = this.#lines.get(name);
    const share = room / (this.#lines.size + (line === undefined ? 1 : 0));
    if ((line?.size ?? 0) + 1 <= share) return true;
    return line?.hasShare(rest, share) ?? false;
  }
}
