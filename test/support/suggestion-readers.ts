import {
  comparisonQuestions,
  definitionQuestions,
  factQuestions,
  surveyQuestions,
} from "../../src/assistant/suggestions/question-kinds.ts";
import {
  asWritten,
  calledInQuestion,
  patternOf,
  shortNameOf,
  titlePhrases,
} from "../../src/assistant/suggestions/title-phrases.ts";
import type { Paper } from "../../src/protocol.ts";
import { samplePaper } from "./sample-answer.ts";

type Read = (text: string) => unknown;

const TITLE = "SinkNet: attention sinks";
const CALLED = "We call these attention sinks. We find that SinkNet reduces the cost by 30%.";
const paperOf = (words: Partial<Paper>): Paper => ({
  ...samplePaper,
  title: TITLE,
  abstract: CALLED,
  ...words,
});
const three = (words: Partial<Paper>) => [paperOf(words), paperOf(words), paperOf(words)];

/** As TEXT_READERS, of the questions that are suggested. */
export const SUGGESTION_READERS: Readonly<Record<string, Readonly<Record<string, Read | readonly Read[]>>>> =
  {
    "src/assistant/suggestions/title-phrases.ts": {
      shortNameOf: (text) => shortNameOf({ title: text }),
      calledInQuestion: (text) => calledInQuestion({ title: text }),
      titlePhrases,
      asWritten: [
        (text) => titlePhrases(text).map((phrase) => asWritten(phrase, [CALLED])),
        (text) => asWritten({ surface: "attention sinks" }, [text]),
      ],
      patternOf,
    },
    "src/assistant/suggestions/question-kinds.ts": {
      definitionQuestions: [
        (text) => [...definitionQuestions([paperOf({ title: text })])],
        (text) => [...definitionQuestions([paperOf({ abstract: `We call it ${text}` })])],
      ],
      factQuestions: [
        (text) => factQuestions([paperOf({ title: `SinkNet: ${text}` })]),
        (text) => factQuestions([paperOf({ abstract: `SinkNet reduces ${text}` })]),
      ],
      surveyQuestions: [
        (text) => [...surveyQuestions(three({ title: text }))],
        (text) => [...surveyQuestions(three({ abstract: text }))],
      ],
      comparisonQuestions: (text) =>
        comparisonQuestions([paperOf({ title: text }), paperOf({ title: TITLE })], () => new Float32Array(1)),
    },
  };
