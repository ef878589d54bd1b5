import { memo, type ReactNode } from "react";
import type { Citation } from "../../src/protocol.ts";
import { MARKER, noteOf } from "./note-of.ts";

/** Chips of one block: what has more is no text that anyone wrote. */
const MOST_CHIPS = 300;

interface Props {
  readonly text: string;
  /** Of the block in the answer's text. */
  readonly offset: number;
  readonly citations: readonly Citation[];
}

/** A block of an answer as it is written, with chips for its notes. */
export const PlainBlock = memo(({ text, offset, citations }: Props) => {
  const parts: ReactNode[] = [];
  let at = 0;
  for (const {
    0: { length },
    1: number = "",
    index,
  } of text.matchAll(MARKER)) {
    if (parts.length > 2 * MOST_CHIPS) break;
    const note = noteOf(number, index + offset, citations);
    if (note === undefined) continue;
    const chip = (
      <button
        key={index}
        type="button"
        className={`chip ${note.support}`}
        data-note={note.id}
        aria-label={note.label}
      >
        {number}
      </button>
    );
    parts.push(text.slice(at, index), chip);
    at = index + length;
  }
  return (
    <p className="plain" dir="auto">
      {parts}
      {text.slice(at).replace(/\n{1,2}$/, "")}
    </p>
  );
});
