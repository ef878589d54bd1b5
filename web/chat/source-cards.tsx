import type { Answer, Source } from "../../src/protocol.ts";
import { byline } from "../notes/note-card.tsx";
import { openPaper } from "../notes/open-source.ts";
import { MathText } from "../ui/math-text.tsx";

/** Characters of a passage on a card. */
const SHOWN = 220;

interface Props {
  readonly sources: readonly Source[];
  readonly answer: Answer;
}

/** Papers that an answer does not cite, each with the passage that comes nearest. */
export function SourceCards({ sources, answer }: Props) {
  return (
    <ul className="cards">
      {sources.map((source) => (
        <li key={source.marker}>
          <button type="button" className="card" onClick={() => openPaper(source, answer)}>
            <span className="card-title" dir="auto">
              <MathText text={source.paper.title} />
            </span>
            <span className="card-by" dir="auto">
              {byline(source.paper)}
            </span>
            <span className="card-text" dir="auto">
              <MathText text={shorten(source.passages[0]?.text ?? "")} />
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function shorten(text: string): string {
  if (text.length <= SHOWN) return text;
  return `${text.slice(0, text.lastIndexOf(" ", SHOWN))}…`;
}
