import { fullMessage } from "../../errors.ts";
import type { Finding } from "./finding.ts";

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
