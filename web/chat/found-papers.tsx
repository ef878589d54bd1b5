import type { LiveAnswer } from "../state/live-answer.ts";
import { ReferenceRows } from "./reference-list.tsx";

/** What was found for an answer that is being written: there to be read before it. An answer that is there at once shows it never. */
export function FoundPapers({ live }: { readonly live: LiveAnswer }) {
  if (live.sources.length === 0) return null;
  return (
    <div className="found">
      <p>Found, and being read:</p>
      <ReferenceRows className="found-papers" label="Papers found" sources={live.sources} answer={live} />
    </div>
  );
}
