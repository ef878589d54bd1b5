import { asWritten, patternOf } from "../../src/assistant/suggestions/as-written.ts";
import { calledInQuestion, shortNameOf } from "../../src/assistant/suggestions/called-in-question.ts";
import { definitionQuestions } from "../../src/assistant/suggestions/definition-questions.ts";
import { factQuestions } from "../../src/assistant/suggestions/fact-questions.ts";
import { surveyQuestions } from "../../src/assistant/suggestions/survey-questions.ts";
import { titlePhrases } from "../../src/assistant/suggestions/title-phrases.ts";
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
    "src/assistant/suggestions/as-written.ts": {
      asWritten: [
        (text) => titlePhrases(text).map((phrase) => asWritten(phrase, [CALLED])),
        (text) => asWritten({ surface: "attention sinks" }, [text]),
      ],
      patternOf,
    },
    "src/assistant/suggestions/called-in-question.ts": {
      shortNameOf: (text) => shortNameOf({ title: text }),
      calledInQuestion: (text) => calledInQuestion({ title: text }),
    },
    "src/assistant/suggestions/definition-questions.ts": {
      definitionQuestions: [
        (text) => [...definitionQuestions([paperOf({ title: text })])],
        (text) => [...definitionQuestions([paperOf({ abstract: `We call it ${text}` })])],
      ],
    },
    "src/assistant/suggestions/fact-questions.ts": {
      factQuestions: [
        (text) => factQuestions([paperOf({ title: `SinkNet: ${text}` })]),
        (text) => factQuestions([paperOf({ abstract: `SinkNet reduces ${text}` })]),
      ],
    },
    "src/assistant/suggestions/survey-questions.ts": {
      surveyQuestions: [
        (text) => [...surveyQuestions(three({ title: text }))],
        (text) => [...surveyQuestions(three({ abstract: text }))],
      ],
    },
    "src/assistant/suggestions/title-phrases.ts": { titlePhrases },
  };
