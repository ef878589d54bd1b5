/** Milliseconds that a task may go on in one turn of the event loop. */
const SLICE = 5;

/**
 * Turns for which a task is waited for before the next one goes on: what an answer computes between two events takes up to
 * three of them, one an embedding. Who takes more waits for something else. Without it the steps of several answers come
 * together in a turn, and words of a hundred streams were 50 ms late at p99.9 while others began, not 30.
 */
const HELD_TURNS = 4;

/**
 * Milliseconds of a turn from which on the event loop is behind with what came meanwhile: with heavy pieces in it, a
 * hundred streams that take three quarters of the time would make of each piece a turn four times as long. Then the
 * piece waits, for so many turns at most. Words at p99 were 13 to 19 ms late without it, and
 * 9 to 11 with it as it was first built, which kept short pieces waiting too.
 */
const CALM_MS = 1;
const MOST_LATE_TURNS = 20;

/** Resolves when the next piece of a task may be done. */
export type Pace = () => Promise<void>;

interface Waiting {
  readonly who: string;
  readonly order: number;
  readonly resume: () => void;
}

/**
 * Lets the event loop turn between pieces of heavy work. Awaiting alone does not: what an answer awaits is mostly there
 * already, so that fifty answers would run to their end in one turn, and pings, cancels and new clients wait for all of
 * them (measured: 720 ms). A turn is for one task, for a slice of time: in turn over who has any, and of one's tasks for
 * the one that began first: taking turns among equals would only make all of them late. Every other turn is for a short piece of work, if one waits: who wants
 * a list need not wait for all answers.
 */
export class Pacer {
  readonly #clock: () => number;
  /** In the order of their next turn; the tasks of each by `order`, the least last. */
  readonly #waiting = new Map<string, Waiting[]>();
  readonly #pieces: (() => void)[] = [];
  #afterPiece = false;
  #tasks = 0;
  /** The task whose turn it was last, and when that began. */
  #holder = -1;
  #since = 0;
  /** Turns for which the holder is still waited for. */
  #held = 0;
  #turning = false;
  /** The last turn was a short piece's. */
  #wasPiece = false;
  #turnedAt = 0;
  /** In a row, since a task went on. */
  #lateTurns = 0;

  /** @param clock milliseconds, monotonic */
  constructor(clock: () => number = () => performance.now()) {
    this.#clock = clock;
  }

  /** Begins a task, which asks before each of its pieces. @param who it is done for; of an empty name all are one */
  task(who = ""): Pace {
    const order = this.#tasks++;
    return async () => {
      if (this.#holder === order) {
        if (this.#clock() - this.#since < SLICE) return;
        this.#held = 0;
      }
      await new Promise<void>((resume) => this.#wait({ who, order, resume }));
    };
  }

  /** Resolves when a short piece of work that stands for itself may be done. */
  async piece(): Promise<void> {
    await new Promise<void>((resume) => {
      this.#pieces.push(resume);
      this.#turn();
    });
  }

  #wait(waiting: Waiting): void {
    const own = this.#waiting.get(waiting.who) ?? [];
    this.#waiting.set(waiting.who, own);
    const before = own.findLastIndex(({ order }) => order > waiting.order);
    own.splice(before + 1, 0, waiting);
    this.#turn();
  }

  #turn(): void {
    if (this.#turning || this.#waiting.size + this.#pieces.length === 0) return;
    this.#turning = true;
    setImmediate(() => {
      this.#turning = false;
      const isBehind = this.#isBehind();
      this.#wasPiece = this.#pieces.length > 0 && (!this.#afterPiece || this.#waiting.size === 0);
      if (this.#wasPiece) this.#doPiece();
      else if (this.#held > 0) this.#held--;
      else if (isBehind) this.#afterPiece = false;
      else this.#goOn();
      this.#turn();
    });
  }

  /** Behind a piece nothing is known of the rest: pieces that come one after the other would keep all tasks waiting. */
  #isBehind(): boolean {
    const now = this.#clock();
    const isLate = now - this.#turnedAt > CALM_MS && !this.#wasPiece;
    this.#turnedAt = now;
    this.#lateTurns = isLate ? this.#lateTurns + 1 : 0;
    return isLate && this.#lateTurns <= MOST_LATE_TURNS;
  }

  #doPiece(): void {
    this.#afterPiece = true;
    this.#pieces.shift()?.();
  }

  #goOn(): void {
    this.#afterPiece = false;
    this.#lateTurns = 0;
    const next = this.#take();
    this.#holder = next?.order ?? -1;
    this.#since = this.#clock();
    this.#held = HELD_TURNS;
    next?.resume();
  }

  /** Anyone who has more to do stands last from now on. */
  #take(): Waiting | undefined {
    const [first] = this.#waiting;
    if (first === undefined) return undefined;
    const [who, own] = first;
    const next = own.pop();
    this.#waiting.delete(who);
    if (own.length > 0) this.#waiting.set(who, own);
    return next;
  }
}
