import type { Citation } from "../../src/protocol.ts";

/** `[1]`, with its number. */
export const MARKER = /\[(\d{1,4})\]/g;

/**
 * The note that a marker stands for: the one of its number whose claim ends last before it, and what its chip says.
 * @param at where the marker stands in the answer's text
 */
export function noteOf(
  number: string,
  at: number,
  citations: readonly Citation[],
): (Citation & { readonly label: string }) | undefined {
  let note: Citation | undefined;
  for (const one of citations) {
    if (one.marker !== Number(number) || one.claim.start > at) continue;
    if (note === undefined || one.claim.end > note.claim.end) note = one;
  }
  if (note === undefined) return undefined;
  const weak = note.support === "weak" ? ", weak support" : "";
  return { ...note, label: `Note ${number}${weak}: ${note.title}` };
}
