import { fullMessage } from "../../errors.ts";

/** One line of `footnote doctor`. */
export interface Finding {
  /** What was looked at, in one word: `node`, `model`, `index`, … */
  readonly check: string;
  /** `warning`: it works, but see the message. `problem`: something would fail. */
  readonly state: "ok" | "warning" | "problem";
  /** Subject, fact and value; unless it is ok, also the fix. */
  readonly message: string;
}

/** What `look` finds; what it throws is a problem, in its own words. */
export async function guarded(
  check: string,
  look: () => Finding | readonly Finding[] | Promise<Finding | readonly Finding[]>,
): Promise<readonly Finding[]> {
  try {
    return [await look()].flat();
  } catch (error) {
    return [{ check, state: "problem", message: fullMessage(error) }];
  }
}
