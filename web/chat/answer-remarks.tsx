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
    ...(weak === 0
      ? []
      : [
          `${weak === 1 ? "One note supports its claim" : `${weak} notes support their claims`} only weakly: dashed numbers.`,
        ]),
  ];
  if (remarks.length === 0) return null;
  return (
    <ul className="remarks">
      {remarks.map((remark) => (
        <li key={remark}>{remark}</li>
      ))}
    </ul>
  );
}
