import type { Answer } from "../../src/protocol.ts";

/** Before its end: by who reads it, by someone, or however. */
export type Ended = keyof typeof ENDS;

const ENDS = {
  "stopped here": "You stopped this answer.",
  stopped: "This answer was stopped before its end.",
  cut: "This answer was cut off before its end.",
} as const;

interface Props {
  readonly answer: Answer;
  readonly ended: Ended | undefined;
}

/** What a reader should know of an answer beside its text: said in plain words, never hidden. */
export function AnswerRemarks({ answer, ended }: Props) {
  const weak = answer.citations.filter(({ support }) => support === "weak").length;
  const loose = answer.unsupported.length;
  const found = answer.citations.filter((note) => note.found).length;
  const unjudged = answer.unjudged?.length ?? 0;
  const remarks = [
    ...(ended === undefined ? [] : [ENDS[ended]]),
    ...(answer.fallback === undefined
      ? []
      : [
          `${answer.fallback.from} did not answer (${answer.fallback.reason}). This is quoted from the papers instead.`,
        ]),
    ...(loose === 0
      ? []
      : [
          `${loose === 1 ? "One passage" : `${loose} passages`} that no source supports: underlined with dots.`,
        ]),
    ...(unjudged === 0
      ? []
      : [
          `${unjudged === 1 ? "One passage" : `${unjudged} passages`} in another language than the papers, and without a number or a name to compare: not checked.`,
        ]),
    ...(found === 0
      ? []
      : [`${found === 1 ? "One note was" : `${found} notes were`} found for words that named no source.`]),
    ...(weak === 0
      ? []
      : [
          `${weak === 1 ? "One note supports its claim" : `${weak} notes support their claims`} only weakly: dashed numbers.`,
        ]),
  ];
  return (
    <>
      {remarks.length === 0 ? null : (
        <ul className="remarks">
          {remarks.map((remark) => (
            <li key={remark}>{remark}</li>
          ))}
        </ul>
      )}
      {answer.thoughts === undefined ? null : <Thoughts text={answer.thoughts} />}
    </>
  );
}

/** What the model thought aloud, for who asks for it: nothing of it is checked. */
function Thoughts({ text }: { readonly text: string }) {
  return (
    <details className="thoughts">
      <summary>How the model thought</summary>
      <p dir="auto">{text}</p>
    </details>
  );
}
