import type { Answer, Citation, Source } from "../../src/protocol.ts";
import { byline } from "../notes/note-card.tsx";
import { openPaper } from "../notes/open-source.ts";
import { MathText } from "../ui/math-text.tsx";

/** The papers that an answer cites, by number. */
export function ReferenceList({ answer }: { readonly answer: Answer }) {
  const cited = new Set(answer.citations.map(({ marker }) => marker));
  const sources = answer.sources.filter(({ marker }) => cited.has(marker));
  if (sources.length === 0) return null;
  return <ReferenceRows className="references" label="Papers cited" sources={sources} answer={answer} />;
}

interface RowsProps {
  readonly className: string;
  readonly label: string;
  readonly sources: readonly Source[];
  readonly answer: { readonly text: string; readonly citations: readonly Citation[] };
}

export function ReferenceRows({ className, label, sources, answer }: RowsProps) {
  return (
    <ol className={className} aria-label={label}>
      {sources.map((source) => (
        <li key={source.marker}>
          <button type="button" onClick={() => openPaper(source, answer)}>
            <span className="number">{source.marker}</span>
            <span className="reference">
              <span className="reference-title" dir="auto">
                <MathText text={source.paper.title} />
              </span>
              <span className="reference-by" dir="auto">
                {byline(source.paper)}
              </span>
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}
