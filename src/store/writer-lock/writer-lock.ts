/** One writer of the index at a time, over all processes, containers and machines that share VECTORSTORE_DIR. */
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "../../errors.ts";
import { indexWriteError } from "../index-errors.ts";
import { type Holder, lifeOf, type SeenLock, thisProcess, WriterLockFolder } from "./writer-lock-folder.ts";

/** Milliseconds between two heartbeats of a holder. */
const BEAT_MS = 1000;
/** Milliseconds between two looks of one who waits. */
const POLL_MS = 250;
/**
 * Milliseconds of waiting without a heartbeat after which a holder that cannot be looked at counts as dead: fifteen
 * beats, so that an event loop kept busy for seconds is not taken for one that has ended.
 */
const STALE_MS = 15_000;
/** Milliseconds that a second writer waits for a living first. */
const WAIT_MS = 10_000;

export interface WriterLockOptions {
  /** Ends the waiting; `work` is to listen to it by itself. */
  readonly signal?: AbortSignal | undefined;
  readonly waitMs?: number;
  readonly staleMs?: number;
  readonly beatMs?: number;
  readonly pollMs?: number;
  /** The wall clock. It is only shown and stamped: nothing is decided by it, so it may jump. */
  readonly now?: () => Date;
}

/**
 * Runs `work` while nobody else, in this process or any other, runs its own on the same `root` (VECTORSTORE_DIR).
 *
 * Put it around everything from reading the generation that an ingest builds on to the swap of the manifest, and call
 * `confirm` directly before the swap. Around the swap alone two ingests would build on the same generation, and the
 * later would drop the papers of the earlier.
 *
 * A holder that was killed is followed at once where its process can be looked for (same kernel, same pid namespace),
 * else after 15 s without a heartbeat. A live holder on the same machine never loses the lock. A holder that
 * lost it, because it slept on another machine for 15 s, finds `lost` aborted within a second of waking.
 *
 * @param work gets `lost`, aborted with an AppError (conflict) when the lock is gone; and `confirm`, which looks now,
 * and throws that error when it is
 * @throws AppError conflict when a living process still holds it after `waitMs`; internal when `root` cannot be
 * written; the signal's reason; whatever `work` throws
 */
export async function withWriterLock<T>(
  root: string,
  work: (lost: AbortSignal, confirm: () => Promise<void>) => Promise<T>,
  options: WriterLockOptions = {},
): Promise<T> {
  const { beatMs = BEAT_MS, now = () => new Date() } = options;
  const folder = new WriterLockFolder(root);
  const file = await acquire(folder, options).catch((error) => Promise.reject(indexWriteError(error, root)));
  const lost = new AbortController();
  const confirm = async () => {
    if (!(await folder.touch(file, now()))) lost.abort(lockLost());
    lost.signal.throwIfAborted();
  };
  // What goes wrong here goes wrong again in `confirm`, where somebody hears it.
  const heart = setInterval(() => void confirm().catch(() => undefined), beatMs).unref();
  try {
    return await work(lost.signal, confirm);
  } finally {
    clearInterval(heart);
    // The work is done or has told why not; a lock that cannot be removed counts as dead once this process has ended.
    await folder.remove(file).catch(() => undefined);
  }
}

/** @returns the lock's file */
async function acquire(folder: WriterLockFolder, options: WriterLockOptions): Promise<string> {
  const { signal, waitMs = WAIT_MS, staleMs = STALE_MS, pollMs = POLL_MS, now = () => new Date() } = options;
  const watch = new HolderWatch(staleMs);
  // Time is counted in looks, not read from a clock: whatever a clock does, or a sleeping machine, harms nobody.
  for (let waited = 0; ; waited += pollMs) {
    signal?.throwIfAborted();
    const seen = await folder.look();
    if (seen === undefined) {
      const taken = await folder.take(await thisProcess(now()));
      if (taken !== undefined) return taken;
      continue;
    }
    const verdict = await watch.judge(seen, pollMs);
    if (verdict === "dead") {
      await folder.remove(seen.file);
      continue;
    }
    if (verdict === "alive" && waited >= waitMs) throw held(seen.holder);
    await sleep(pollMs, undefined, { ...(signal && { signal }) }).catch(() => signal?.throwIfAborted());
  }
}

function held(holder: Holder | undefined): AppError {
  const who =
    holder === undefined
      ? "another process"
      : `process ${holder.pid} on ${holder.host}, since ${holder.since}`;
  return new AppError("conflict", `The index is being written by ${who}: try again when that has ended`);
}

function lockLost(): AppError {
  return new AppError(
    "conflict",
    "The lock on the index was lost, another process took this one for dead: run footnote ingest again",
  );
}

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
