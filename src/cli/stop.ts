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
