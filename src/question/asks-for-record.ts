/** Whether a question asks for what stands in a paper's record and never in its abstract: who wrote it, when, where. */
import { says, tokensOf } from "./phrases.ts";

/** @param rest the question without the name of the paper */
export function asksForRecord(rest: string): boolean {
  return says(tokensOf(rest), "ofRecord");
}
