import { useEffect, useState } from "react";
import { client } from "../state/client.ts";

/** Questions that this corpus answers well. */
export function Suggestions({
  ready,
  onAsk,
}: {
  readonly ready: boolean;
  readonly onAsk: (question: string) => void;
}) {
  const [questions, setQuestions] = useState<readonly string[]>([]);
  useEffect(() => {
    if (!ready) return;
    const stop = new AbortController();
    client.suggestions({ signal: stop.signal }).then(setQuestions, () => {});
    return () => stop.abort();
  }, [ready]);
  return (
    <ul className="suggestions" aria-label="Suggestions">
      {questions.map((question) => (
        <li key={question}>
          <button type="button" dir="auto" onClick={() => onAsk(question)}>
            {question}
          </button>
        </li>
      ))}
    </ul>
  );
}
