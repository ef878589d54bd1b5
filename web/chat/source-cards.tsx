import type { Answer, Source } from "../../src/protocol.ts";
import { bestSentence } from "../notes/best-sentence.ts";
import { byline } from "../notes/note-card.tsx";
import { openPaper } from "../notes/open-source.ts";
import { MathText } from "../ui/math-text.tsx";

/** Characters of a sentence on a card. */
const SHOWN = 260;

interface Props {
  readonly sources: readonly Source[];
  readonly answer: Answer;
}

/** Papers that an answer does not cite, each with the sentence that comes nearest, and how well it matches. */
export function SourceCards({ sources, answer }: Props) {
  const best = Math.max(...[...answer.sources, ...sources].map(({ score }) => score));
  return (
    <ul className="cards">
      {sources.map((source) => (
        <li key={source.marker}>
          <button type="button" className="card" onClick={() => openPaper(source, answer)}>
            <span className="card-head">
              <span className="card-title" dir="auto">
                <MathText text={source.paper.title} />
              </span>
              <Score score={source.score} best={best} />
            </span>
            <span className="card-by" dir="auto">
              {byline(source.paper)}
            </span>
            <span className="card-text" dir="auto">
              <MathText text={shorten(bestSentence(source.passages, answer.standaloneQuestion))} />
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** How well a paper matches the question, as a bar beside the best of the answer. */
function Score({ score, best }: { readonly score: number; readonly best: number }) {
  if (best <= 0) return null;
  const share = Math.max(0, Math.min(1, score / best));
  return (
    <span className="score" title="How well it matches the question; the full bar is the best match">
      <span className="visually-hidden">Match:</span>
      <span className="score-bar" aria-hidden="true">
        <span style={{ width: `${Math.round(100 * share)}%` }} />
      </span>
      {score.toFixed(2)}
    </span>
  );
}

function shorten(text: string): string {
  if (text.length <= SHOWN) return text;
  const at = text.lastIndexOf(" ", SHOWN);
  return `${text.slice(0, at < SHOWN / 2 ? SHOWN : at)}…`;
}
