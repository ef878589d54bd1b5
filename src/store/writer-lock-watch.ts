import type { SeenLock } from "./writer-lock-folder.ts";
import { lifeOf } from "./writer-lock-holder.ts";

/** Judges the holder of a lock, look by look: by its process, or by its heartbeat where that cannot be looked for. */
export class HolderWatch {
  readonly #staleMs: number;
  #last: SeenLock | undefined;
  #silentMs = 0;
  #hasBeaten = false;

  constructor(staleMs: number) {
    this.#staleMs = staleMs;
  }

  /** `unknown`: no heartbeat was seen yet, nor long enough none. */
  async judge(seen: SeenLock, passedMs: number): Promise<"alive" | "dead" | "unknown"> {
    const life = seen.holder === undefined ? "unknown" : await lifeOf(seen.holder);
    if (life !== "unknown") return life;
    const last = this.#last;
    this.#last = seen;
    if (last?.file !== seen.file) {
      this.#hasBeaten = false;
      this.#silentMs = 0;
    } else if (last.beat !== seen.beat) {
      this.#hasBeaten = true;
      this.#silentMs = 0;
    } else {
      this.#silentMs += passedMs;
    }
    if (this.#silentMs >= this.#staleMs) return "dead";
    return this.#hasBeaten ? "alive" : "unknown";
  }
}
