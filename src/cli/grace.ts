import { Interrupted } from "./stop.ts";

/** Milliseconds in which answers that stream may finish: a service manager waits for them, Ctrl-C hardly. */
const GRACE_MS = { SIGTERM: 10_000, other: 100 };

/** What the reason of the end leaves them. */
export function graceOf({ reason }: AbortSignal): number {
  return reason instanceof Interrupted && reason.signalName === "SIGTERM" ? GRACE_MS.SIGTERM : GRACE_MS.other;
}
