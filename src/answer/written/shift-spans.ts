import type { Citation } from "../../protocol.ts";

interface Span {
  readonly start: number;
  readonly end: number;
}

/** The note on a text that `by` characters were put in front of. */
export function shiftCitation(citation: Citation, by: number): Citation {
  return { ...citation, claim: shiftSpan(citation.claim, by) };
}

export function shiftSpan({ start, end }: Span, by: number): { start: number; end: number } {
  return { start: start + by, end: end + by };
}
