import type { Paper } from "../../src/protocol.ts";
import { languageOf, otherLanguage } from "../../src/question/language/language.ts";
import { begins, finds, fitting, says, tokensOf, without } from "../../src/question/language/phrases.ts";
import { namedPapers } from "../../src/question/names/named-papers.ts";
import {
  calledIn,
  calledPaper,
  comparedPapers,
  paperNames,
  wholePaper,
} from "../../src/question/names/paper-names.ts";
import { Question } from "../../src/question/question.ts";
import {
  asksForPapers,
  asksForThing,
  asksMore,
  questionKind,
  readAmong,
} from "../../src/question/read-among.ts";
import {
  amountsIn,
  askedFor,
  askedWhole,
  requestedForm,
  withoutAmount,
} from "../../src/question/reading/asked-for.ts";
import { dependenceOf, resolveFollowUp } from "../../src/question/reading/follow-up.ts";
import { mentionedIds, mentionedNotes } from "../../src/question/reading/mentions.ts";
import { partRead, readMessage, smallTalk, withoutInstructions } from "../../src/question/reading/message.ts";
import {
  catalogueQuestion,
  mayAskRecord,
  numberAsked,
  recordQuestion,
  wordsOfName,
} from "../../src/question/records/catalogue-question.ts";
import { readRecordFilter } from "../../src/question/records/record-filter.ts";
import { RecordNames } from "../../src/question/records/record-names.ts";
import { Spelling } from "../../src/retrieval/spelling.ts";
import { enclosureTest } from "../../src/text/enclosures.ts";
import { NamedIn, namesIn } from "../../src/text/names-in.ts";
import { splitSentences } from "../../src/text/sentences.ts";
import { contentWords, terms } from "../../src/text/terms.ts";
import { fold, wordsIn, wordsOf } from "../../src/text/words.ts";

type Read = (text: string) => unknown;

const QUESTION = "Which metrics does it use to compare them?";
const idf = () => 2;
const rarity = { corpusSize: 100, idf };

const spelling = (title: string) =>
  new Spelling({ papers: [{ title, abstract: title }], isKnown: () => false, isWord: () => false });

/** A paper with the text in it; another one each time, since what is known of a paper is kept. */
const paperOf = (words: Partial<Paper>): Paper => ({
  ...{ id: "a-1", revision: "1", title: "Attention sinks: a short title", abstract: "Sinks are words." },
  ...{ links: [], source: "a.jsonl", ...words },
});
const named = (question: string, paper: Paper) => namedPapers(new Question(question), [paper], rarity);
const whole = (question: string, paper: Paper) =>
  wholePaper(wordsIn(question), new Question(question).whole, [paper], idf);
const kindOf = (text: string, titles: string[]) => {
  const question = new Question(text);
  return questionKind(question, { titles, rest: question });
};
/** The same as TEXT_READERS, of what reads questions and words, and of what ranks by them. */
export const QUESTION_READERS: Readonly<Record<string, Readonly<Record<string, Read | readonly Read[]>>>> = {
  "src/question/language/language.ts": {
    languageOf,
    otherLanguage: [
      (text) => otherLanguage(text, ["The papers are in English."]),
      (text) => otherLanguage("Warum ist das so?", [text]),
    ],
  },
  "src/question/language/phrases.ts": {
    tokensOf,
    begins: (text) => begins(tokensOf(text), "connective"),
    finds: (text) => finds(tokensOf(text), "survey"),
    fitting: fitting("@find|@comparative"),
    says: [
      (text) => says(tokensOf(text), "butLacks"),
      (text) => says(tokensOf(text), "denial"),
      (text) => says(tokensOf(text), "order"),
    ],
    without: (text) => {
      const tokens = tokensOf(text);
      return without(text, tokens, finds(tokens, "length"));
    },
  },
  "src/question/names/named-papers.ts": {
    namedPapers: [
      (text) => named(text, paperOf({})),
      (text) => named("Explain the attention sinks paper", paperOf({ title: text, abstract: text })),
      // Words of the question and of the title are set against each other.
      (text) => named(text.slice(0, 4000), paperOf({ title: text })),
    ],
  },
  "src/question/names/paper-names.ts": {
    calledIn: [
      (text) => calledIn(wordsIn(text), paperOf({ title: "ALiBi: Train Short" })),
      (text) => calledIn(wordsIn("ALiBi"), paperOf({ title: text, abstract: text })),
    ],
    calledPaper: (text) => calledPaper(text, wordsIn(text)),
    wholePaper: [
      (text) => whole(text, paperOf({})),
      (text) => whole("explain attention sinks", paperOf({ title: text, abstract: text })),
    ],
    comparedPapers: [
      (text) => comparedPapers(text, [paperOf({})], idf),
      (text) => comparedPapers("BERT versus sinks", [paperOf({ title: text, abstract: text })], idf),
    ],
    paperNames: [
      (text) => paperNames(paperOf({ title: text })),
      (text) => paperNames(paperOf({ title: `${text}: a subtitle`, abstract: text })),
    ],
  },
  "src/question/question.ts": {
    Question: (text) => {
      const { words, contentTerms, names, asked, orderless, unwished, uncounted, unworked } = new Question(
        text,
      );
      return [words, contentTerms, names, asked, orderless, unwished, uncounted, unworked];
    },
  },
  "src/question/read-among.ts": {
    asksForThing: (text) => asksForThing(new Question(text), idf),
    readAmong: (text) => readAmong(new Question(text), [paperOf({})], rarity),
    questionKind: [
      (text) => kindOf(text, []),
      (text) => kindOf(text, ["A", "B"]),
      (text) => kindOf(QUESTION, [text]),
    ],
    asksForPapers: (text) => asksForPapers(new Question(text)),
    asksMore: (text) => asksMore({ titles: ["A"], rest: new Question(text) }),
  },
  "src/question/reading/asked-for.ts": {
    ...{ amountsIn, askedFor, requestedForm, withoutAmount },
    askedWhole: (text) => askedWhole(text, wordsIn(text)),
  },
  "src/question/reading/follow-up.ts": {
    dependenceOf,
    resolveFollowUp: [
      (text) =>
        resolveFollowUp(text, [{ question: QUESTION, papers: [paperOf({}), paperOf({ title: "B" })] }]),
      (text) => resolveFollowUp("And the third?", [{ question: text, papers: [{ title: text }] }]),
    ],
  },
  "src/question/reading/mentions.ts": { mentionedIds, mentionedNotes },
  "src/question/reading/message.ts": {
    ...{ partRead, readMessage },
    smallTalk: [smallTalk, (text) => smallTalk(`thanks ${text}`)],
    withoutInstructions,
  },
  "src/question/records/catalogue-question.ts": {
    catalogueQuestion: (text) =>
      catalogueQuestion(text, new RecordNames([paperOf({ authors: ["A. Sink"] })])),
    mayAskRecord,
    numberAsked,
    recordQuestion,
    wordsOfName,
  },
  "src/question/records/record-filter.ts": {
    readRecordFilter: (text) => {
      const message = `papers by Sink in ${text}`;
      return readRecordFilter(
        message,
        wordsIn(message),
        new RecordNames([paperOf({ authors: ["A. Sink"] })]),
      );
    },
  },
  "src/question/records/record-names.ts": {
    RecordNames: (text) =>
      new RecordNames([paperOf({ authors: [text], venue: text })]).venueAt(wordsIn("Night Ecology"), 0),
  },
  "src/text/enclosures.ts": { enclosureTest },
  "src/text/sentences.ts": { splitSentences },
  "src/text/words.ts": { fold, wordsIn, wordsOf },
  // The number: terms of a text that was asked for lately are kept.
  "src/text/terms.ts": { terms: (text) => terms(`${text} ${Math.random()}`), contentWords },
  "src/retrieval/spelling.ts": {
    Spelling: [
      (text) => spelling("Attention sinks").correct(text),
      (text) => spelling(text).correct("explain atention"),
    ],
  },
  "src/text/names-in.ts": { namesIn, NamedIn: (text) => new NamedIn(text).has("ViT") },
};
