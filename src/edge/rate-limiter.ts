import { AppError } from "../errors.ts";

/** Milliseconds. */
const WINDOW = 60_000;
/** Addresses counted at a time, some 1.2 kB each at 120 asks a minute. Past it the one least lately seen is forgotten. */
const MOST_COUNTED = 10_000;

const QUESTIONS = { one: "question", many: "questions" };

interface Options {
  /** Asks in any 60 seconds; 0: no limit. */
  readonly perMinute: number;
  /** What is counted, as it is told: questions where it is absent. */
  readonly counted?: { readonly one: string; readonly many: string };
  readonly mostCounted?: number;
  /** Milliseconds, monotonic: a wall clock that is set back would lock people out. */
  readonly clock?: () => number;
}

/** Counts asks by owner and address over a sliding minute. What it refuses does not count. */
export class RateLimiter {
  readonly #perMinute: number;
  readonly #counted: { readonly one: string; readonly many: string };
  readonly #mostCounted: number;
  readonly #clock: () => number;
  /** When each of the last minute's asks came, oldest first; who asked longest ago stands first. */
  readonly #asks = new Map<string, number[]>();

  constructor({
    perMinute,
    counted = QUESTIONS,
    mostCounted = MOST_COUNTED,
    clock = () => performance.now(),
  }: Options) {
    this.#perMinute = perMinute;
    this.#counted = counted;
    this.#mostCounted = mostCounted;
    this.#clock = clock;
  }

  /** Owners and addresses that are counted now. */
  get size(): number {
    return this.#asks.size;
  }

  /** Counts one ask. @throws AppError rate_limited with the seconds until the next one may come */
  count(owner: string, address: string): void {
    if (this.#perMinute === 0) return;
    const now = this.#clock();
    // An owner has no space in it.
    const who = `${owner} ${address}`;
    const asks = (this.#asks.get(who) ?? []).filter((at) => at > now - WINDOW);
    const [oldest = now] = asks;
    if (asks.length >= this.#perMinute) {
      const limit = this.#perMinute.toLocaleString("en");
      const { one, many } = this.#counted;
      const asked = this.#perMinute === 1 ? `1 ${one} in a minute is` : `${limit} ${many} in a minute are`;
      throw tooMuch(`${asked} the limit`, (oldest + WINDOW - now) / 1000);
    }
    asks.push(now);
    this.#asks.delete(who);
    this.#asks.set(who, asks);
    this.#forget(now);
  }

  #forget(now: number): void {
    for (const [who, asks] of this.#asks) {
      const recent = (asks.at(-1) ?? 0) > now - WINDOW;
      if (recent && this.#asks.size <= this.#mostCounted) return;
      this.#asks.delete(who);
    }
  }
}

/** @param fact what there is too much of; the wait in seconds goes into the sentence, and into `Retry-After` */
export function tooMuch(fact: string, waitSeconds: number): AppError {
  const seconds = Math.max(1, Math.ceil(waitSeconds));
  const wait = seconds === 1 ? "1 second" : `${seconds} seconds`;
  return new AppError("rate_limited", `${fact}: ask again in ${wait}`, { retryAfter: seconds });
}
