import { NOT_FOUND } from "../../src/protocol/wording.ts";
import type { Answer } from "../../src/protocol.ts";
import { AnswerBody } from "./answer-body.tsx";
import { SourceCards } from "./source-cards.tsx";

interface Props {
  readonly answer: Answer;
  /** Asks the same of every paper; undefined where they were asked. */
  readonly onAskAll: (() => void) | undefined;
}

/** Nothing was found: said calmly, with the papers that come nearest and the ways on. */
export function UnknownAnswer({ answer, onAskAll }: Props) {
  const { nearest = [] } = answer;
  return (
    <div className="unknown">
      <AnswerBody
        text={answer.text}
        citations={answer.citations}
        sources={answer.sources}
        unsupported={answer.unsupported}
      />
      {nearest.length === 0 ? null : <SourceCards sources={nearest} answer={answer} />}
      {answer.shape === "none" ? (
        <p className="ways-on">
          {NOT_FOUND.waysOn}
          {onAskAll === undefined ? null : (
            <button type="button" className="button" onClick={onAskAll}>
              {NOT_FOUND.askAll}
            </button>
          )}
        </p>
      ) : null}
    </div>
  );
}
