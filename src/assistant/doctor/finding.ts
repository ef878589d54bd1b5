/** One line of `footnote doctor`. */
export interface Finding {
  /** What was looked at, in one word: `node`, `model`, `index`, … */
  readonly check: string;
  /** `warning`: it works, but see the message. `problem`: something would fail. */
  readonly state: "ok" | "warning" | "problem";
  /** Subject, fact and value; unless it is ok, also the fix. */
  readonly message: string;
}
