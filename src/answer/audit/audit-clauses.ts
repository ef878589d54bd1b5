import { terms } from "../../text/terms.ts";
import type { AuditSentence } from "./audit-sentences.ts";

/** White space is read from its beginning alone, in all patterns here: markers leave much of it. */
const BETWEEN = /[;:,]\s+(?:(?:while|whereas|and|but)\s+)?|(?<!\s)\s+(?:while|whereas|and|but)\s+/g;
/** A full stop that stood behind a marker now stands behind white space. */
const LATE_STOP = /(?<!\s)\s+[.!?]$/;
/** Fewer terms are too few to be judged by. */
const FEWEST_TERMS = 2;

/**
 * The parts of a sentence that says of each of several papers another thing: no paper carries all of it, each clause
 * should be carried by one. Of the clauses of an answer over several papers (23 development questions, the two halves) 1.00 and .93
 * are, by the papers meant; by as many of the nearest others .21 and .11 (test/bench/support.ts). Spans as those of the
 * sentence.
 */
export function clausesOf({ start, end, text }: AuditSentence): AuditSentence[] {
  const clauses: AuditSentence[] = [];
  let from = 0;
  const add = (to: number) => {
    const part = text.slice(from, to);
    const lead = part.length - part.trimStart().length;
    const trimmed = part.trim().replace(LATE_STOP, "");
    const at = start + from + lead;
    if (terms(trimmed).length >= FEWEST_TERMS)
      clauses.push({ start: at, end: at + trimmed.length, text: trimmed });
  };
  for (const { 0: mark, index } of text.matchAll(BETWEEN)) {
    add(index);
    from = index + mark.length;
  }
  add(end - start);
  return clauses;
}
