import type { EventEmitter } from "node:events";
import { Interrupted, type StopSignal } from "./stop.ts";

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
