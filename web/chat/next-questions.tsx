import { NEXT } from "../../src/protocol/wording.ts";
import type { Answer } from "../../src/protocol.ts";

interface Props {
  /** The last one, once it is whole. */
  readonly answer: Answer | undefined;
  readonly onAsk: (question: string) => void;
}

/** Questions to go on with: quiet, under the last answer alone. */
export function NextQuestions({ answer, onAsk }: Props) {
  if (answer?.next === undefined) return null;
  return (
    <ul className="next-questions" aria-label={NEXT.label}>
      {answer.next.map((question) => (
        <li key={question}>
          <button type="button" dir="auto" title={question} onClick={() => onAsk(question)}>
            {question}
          </button>
        </li>
      ))}
    </ul>
  );
}
