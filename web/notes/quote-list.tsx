import { placeOf } from "../../src/protocol/wording.ts";
import type { Citation } from "../../src/protocol.ts";
import { MathText } from "../ui/math-text.tsx";
import { type OpenSource, openSource } from "./open-source.ts";

/** Characters of a quote in the list. */
const SHOWN = 180;
/** Quotes in the list. */
const MOST = 200;

/** All that the answer quotes of the paper; the one that is chosen is lit in the abstract. */
export function QuoteList({ open }: { readonly open: OpenSource }) {
  if (open.notes.length < 2) return null;
  return (
    <section className="quotes">
      <h3>{open.notes.length} quotes in this answer</h3>
      <ul>
        {open.notes.slice(0, MOST).map((note) => (
          <li key={note.id}>
            <button
              type="button"
              dir="auto"
              aria-pressed={note.id === open.note?.id}
              onClick={() => openSource.set({ ...open, note })}
            >
              <MathText text={note.quote.length > SHOWN ? `${note.quote.slice(0, SHOWN)}…` : note.quote} />
              <Place note={note} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Place({ note }: { readonly note: Citation }) {
  const place = placeOf(note);
  return place === "" ? null : <span className="quote-place">{place}</span>;
}
