import type { EventEmitter } from "node:events";
import { constants } from "node:os";

export type StopSignal = "SIGINT" | "SIGTERM" | "SIGHUP";

/** Why a command was aborted: somebody asked the process to end. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
  readonly signalName: StopSignal;

  constructor(signalName: StopSignal) {
    super(`ended by ${signalName}`);
    this.signalName = signalName;
  }

  /** As shells report it: 130 after Ctrl-C. */
  get exitCode(): number {
    return 128 + constants.signals[this.signalName];
  }
}

/** Why a command was aborted: nobody reads its output any more. Not a failure. */
export class OutputClosed extends Error {
  override readonly name = "OutputClosed";
}

/**
 * Milliseconds that a command gets to end by itself. After Ctrl-C it has a second in all, some of which a module
 * that is just being loaded may take from the timer; a service manager's SIGTERM leaves `serve` the 10 s in which answers that stream may finish.
 */
const GRACE_MS: Readonly<Record<StopSignal, number>> = { SIGINT: 700, SIGHUP: 700, SIGTERM: 11_000 };
/** One Ctrl-C under `npm start` comes twice, from the terminal and from npm: milliseconds in which it counts once. */
const SAME_KEYPRESS_MS = 250;

/**
 * The first signal aborts `controller`; the process ends after the grace period whatever the command does, and at
 * once on a second signal. Everything durable is written before it is reported, so ending hard loses nothing.
 * Returns a function that stops listening.
 */
export function stopOnSignals(
  process: Pick<EventEmitter, "on" | "off">,
  controller: AbortController,
  exit: (code: number) => void,
  now: () => number = Date.now,
): () => void {
  let first: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  const stop = (signalName: StopSignal): void => {
    const reason = new Interrupted(signalName);
    if (first === undefined) {
      first = now();
      timer = setTimeout(() => exit(reason.exitCode), GRACE_MS[signalName]);
      timer.unref();
      controller.abort(reason);
    } else if (now() - first > SAME_KEYPRESS_MS) {
      exit(reason.exitCode);
    }
  };
  const names: readonly StopSignal[] = ["SIGINT", "SIGTERM", "SIGHUP"];
  for (const name of names) process.on(name, stop);
  return () => {
    clearTimeout(timer);
    for (const name of names) process.off(name, stop);
  };
}

/** Milliseconds in which answers that stream may finish: a service manager waits for them, Ctrl-C hardly. */
const ANSWERS_GRACE_MS = { SIGTERM: 10_000, other: 100 };

/** What the reason of the end leaves them. */
export function graceOf({ reason }: AbortSignal): number {
  return reason instanceof Interrupted && reason.signalName === "SIGTERM"
    ? ANSWERS_GRACE_MS.SIGTERM
    : ANSWERS_GRACE_MS.other;
}
