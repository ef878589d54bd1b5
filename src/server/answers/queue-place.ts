import { deferred } from "../../util/waiting.ts";

type State = "waiting" | "running" | "gone";

interface Options {
  /** Milliseconds, monotonic. */
  readonly clock: () => number;
  /** Called once, when it is given up. */
  readonly onLeave: (was: "waiting" | "running") => void;
}

/** One ask's place in an AnswerQueue: waiting, then having its turn, then gone. */
export class QueuePlace {
  readonly #options: Options;
  readonly #called = deferred();
  readonly #since: number;
  #until: number | undefined;
  #state: State = "waiting";

  constructor(options: Options) {
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
