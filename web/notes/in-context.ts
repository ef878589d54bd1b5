import type { Citation, Source } from "../../src/protocol.ts";

/** Characters of a card: a quote, and as much of its passage on either side as there is room for. */
const ROOM = 420;
/** Characters on either side, however long the quote. */
const LEAST_AROUND = 40;

export interface QuoteInContext {
  readonly text: string;
  /** The quote within `text`. */
  readonly start: number;
  readonly end: number;
}

/** A note's quote within the passage that it stands in; alone where the answer's sources do not hold it. */
export function inContext(note: Citation, sources: readonly Source[]): QuoteInContext {
  const passages = sources.find(({ paper }) => paper.id === note.paperId)?.passages ?? [];
  const passage = passages.find(
    ({ field, start, end }) => field === note.field && start <= note.start && note.end <= end,
  );
  if (passage === undefined) return { text: note.quote, start: 0, end: note.quote.length };
  const around = Math.max(LEAST_AROUND, (ROOM - note.quote.length) / 2);
  const from = wordStart(passage.text, Math.floor(note.start - passage.start - around));
  const to = wordEnd(passage.text, Math.ceil(note.end - passage.start + around));
  const lead = from > 0 ? "…" : "";
  const shift = lead.length - from - passage.start;
  const shown = passage.text.slice(from, to);
  // Behind a whole sentence the dots say that more follow, not that it is cut.
  const trail = to === passage.text.length ? "" : /[.?!]$/.test(shown) ? " …" : "…";
  return {
    text: `${lead}${shown}${trail}`,
    start: note.start + shift,
    end: note.end + shift,
  };
}

function wordStart(text: string, at: number): number {
  if (at <= 0) return 0;
  const space = text.indexOf(" ", at);
  return space < 0 || space > at + LEAST_AROUND ? at : space + 1;
}

function wordEnd(text: string, at: number): number {
  if (at >= text.length) return text.length;
  const space = text.lastIndexOf(" ", at);
  return space < at - LEAST_AROUND ? at : space;
}
