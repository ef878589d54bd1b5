import type { Answer } from "../../src/protocol.ts";
import { byline } from "../notes/note-card.tsx";
import { openPaper } from "../notes/open-source.ts";
import { MathText } from "../ui/math-text.tsx";
import { AnswerBody } from "./answer-body.tsx";
import { readAbstention } from "./nearest-papers.ts";

/** Characters of a passage on a card. */
const SHOWN = 220;

/** The corpus does not answer: said calmly, with the papers that come nearest. */
export function UnknownAnswer({ answer }: { readonly answer: Answer }) {
  const { says, nearest } = readAbstention(answer);
  return (
    <div className="unknown">
      <AnswerBody
        text={says}
        citations={answer.citations}
        sources={answer.sources}
        unsupported={answer.unsupported}
      />
      {nearest.length === 0 ? null : (
        <ul className="cards">
          {nearest.map((source) => (
            <li key={source.marker}>
              <button type="button" className="card" onClick={() => openPaper(source, answer)}>
                <span className="card-title">
                  <MathText text={source.paper.title} />
                </span>
                <span className="card-by">{byline(source.paper)}</span>
                <span className="card-text">
                  <MathText text={shorten(source.passages[0]?.text ?? "")} />
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function shorten(text: string): string {
  if (text.length <= SHOWN) return text;
  return `${text.slice(0, text.lastIndexOf(" ", SHOWN))}…`;
}
