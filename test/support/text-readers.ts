import { decide } from "../../src/answer/abstain/abstain.ts";
import { aboutEvidence, answeredEvidence, statedEvidence } from "../../src/answer/abstain/evidence.ts";
import { describeRecord } from "../../src/answer/catalogue.ts";
import { definedTerm, defines } from "../../src/answer/extractive/candidates.ts";
import { missingWord } from "../../src/answer/extractive/shape-answer.ts";
import { sharedInAnyOrder, weigh, wordOverlap } from "../../src/assistant/find/find-sentence.ts";
import { findByName } from "../../src/assistant/find/papers.ts";
import { openingOf, pointsAway } from "../../src/claim/opening.ts";
import { rolesOf } from "../../src/claim/paper-sentences.ts";
import { nameGroups, titleTerms } from "../../src/map/groups.ts";
import type { Conversation, Message, Paper } from "../../src/protocol.ts";
import { Question } from "../../src/question/question.ts";
import { bibtexText, bibtexTitle } from "../../src/references/bibtex.ts";
import { cslItem } from "../../src/references/csl-item.ts";
import { exportConversation } from "../../src/references/export-conversation.ts";
import { isHarmlessLatex, plainText } from "../../src/references/latex.ts";
import { referenceKeys } from "../../src/references/references.ts";
import {
  closesFence,
  nextPiece,
  openFence,
  opensFence,
  piecesOf,
} from "../../src/slack/messages/next-piece.ts";
import {
  InlineMarkdown,
  SlackMarkdown,
  slackMarkdown,
  TableLines,
} from "../../src/slack/messages/slack-markdown.ts";
import { cutText, escapeText, questionText } from "../../src/slack/messages/slack-text.ts";
import { terms } from "../../src/text/terms.ts";
import { isMisspelt } from "../../src/util/is-misspelt.ts";
import {
  countOf,
  escapeMarkdown,
  estimateTokens,
  firstLetters,
  foldCase,
  oneLine,
  parseUrl,
  streamSafe,
  unescapeMarkdown,
} from "../../src/util/strings.ts";
import { CORPUS_READERS } from "./corpus-readers.ts";
import { PAGE_TEXT_READERS } from "./page-text-readers.ts";
import { QUESTION_READERS } from "./question-readers.ts";
import { SUGGESTION_READERS } from "./suggestion-readers.ts";

type Read = (text: string) => unknown;

const QUESTION = "Which metrics does it use to compare them?";
const HOW_MUCH = "How much faster is BERT?";
const idf = () => 2;
async function* onePage(page: readonly Message[]): AsyncGenerator<readonly Message[]> {
  yield page;
}

const STATED = { read: 0, paper: 0, sentence: 0, amount: 1, missingNames: 0, length: 0 };
/** A paper with the text in it; another one each time, since what is known of a paper is kept. */
const paperOf = (words: Partial<Paper>): Paper => ({
  ...{ id: "a-1", revision: "1", title: "Attention sinks: a short title", abstract: "Sinks are words." },
  ...{ links: [], source: "a.jsonl", ...words },
});
const asked = (question: string, paper: Paper) => ({
  question: new Question(question),
  found: [{ ranked: { paperId: paper.id, score: 1, why: { dense: 1, lexical: 0 }, passages: [] }, paper }],
  idf,
});
const evenWeighed = (text: string) => weigh(text, () => 1);
const conversationOf = (text: string): Conversation & { messages: Message[] } => ({
  ...{ id: "c", title: text, createdAt: "2026-01-01T00:00:00.000Z", updatedAt: "2026-01-01T00:00:00.000Z" },
  messages: [{ id: "m", role: "user", text, createdAt: "2026-01-01T00:00:00.000Z" }] as unknown as Message[],
});

async function exported(conversation: Conversation & { messages: Message[] }): Promise<string> {
  const { chunks } = exportConversation(
    conversation,
    onePage(conversation.messages),
    "markdown",
    () => undefined,
  );
  let text = "";
  for await (const chunk of chunks) text += chunk;
  return text;
}

/** By file, what it exports that reads a text: each as a call with the text, once for every place that it may stand in. */
export const TEXT_READERS: Readonly<Record<string, Readonly<Record<string, Read | readonly Read[]>>>> = {
  ...QUESTION_READERS,
  "src/answer/abstain/abstain.ts": {
    decide: [
      (text) => decide({ ...asked(text, paperOf({})), corpusSize: 100 }),
      (text) => decide({ ...asked(HOW_MUCH, paperOf({ title: "BERT", abstract: text })), corpusSize: 100 }),
    ],
  },
  "src/answer/abstain/evidence.ts": {
    aboutEvidence: [
      (text) => aboutEvidence(asked(text, paperOf({}))),
      (text) => aboutEvidence(asked(QUESTION, paperOf({ abstract: text }))),
    ],
    answeredEvidence: (text) => answeredEvidence(asked(text, paperOf({})), STATED),
    statedEvidence: [
      (text) => statedEvidence(asked(text, paperOf({})), paperOf({}), new Question(text)),
      (text) =>
        statedEvidence(
          asked(QUESTION, paperOf({})),
          paperOf({ title: text, abstract: text }),
          new Question("how many"),
        ),
    ],
  },
  "src/answer/catalogue.ts": {
    describeRecord: (text) => describeRecord(paperOf({ links: [`https://${text}`] }), ["code"], []),
  },
  "src/answer/extractive/candidates.ts": {
    definedTerm: (text) => definedTerm(new Question(text)),
    defines: (text) => defines(text, new Set(terms("attention sinks"))),
  },
  "src/answer/extractive/shape-answer.ts": {
    missingWord: [
      (text) => missingWord(text, [paperOf({})], idf),
      (text) => missingWord(QUESTION, [paperOf({ title: text, abstract: text })], idf),
    ],
  },
  "src/claim/opening.ts": { openingOf, pointsAway: (text) => pointsAway(text) },
  "src/claim/paper-sentences.ts": {
    rolesOf: (text) => rolesOf(["We show it.", text, "It is short."]),
  },
  "src/references/bibtex.ts": { bibtexText, bibtexTitle },
  "src/references/csl-item.ts": {
    cslItem: (text) => cslItem(paperOf({ venue: text, authors: [text] }), "key", bibtexText),
  },
  "src/references/export-conversation.ts": {
    exportConversation: (text) => exported(conversationOf(text)),
  },
  "src/references/latex.ts": { isHarmlessLatex, plainText },
  "src/references/references.ts": {
    referenceKeys: (text) => referenceKeys([paperOf({ title: text }), paperOf({ authors: [text] })]),
  },
  "src/assistant/find/find-sentence.ts": {
    weigh: evenWeighed,
    // Each word of one is set against each of the other, up to a bound.
    wordOverlap: [
      (text) => wordOverlap(evenWeighed(text), evenWeighed(text.slice(0, 100))),
      (text) => wordOverlap(evenWeighed(text.slice(0, 100)), evenWeighed(text)),
    ],
    sharedInAnyOrder: (text) => sharedInAnyOrder(evenWeighed(text), evenWeighed(text)),
  },
  "src/assistant/find/papers.ts": {
    findByName: [
      (text) => findByName([paperOf({})], text),
      (text) => findByName([paperOf({ title: text, authors: [text] })], "attention"),
    ],
  },
  "src/map/groups.ts": {
    titleTerms,
    nameGroups: (text) => nameGroups([text, "Attention sinks"], [0, 1]),
  },
  ...CORPUS_READERS,
  "src/slack/messages/next-piece.ts": {
    ...{ nextPiece, piecesOf, openFence, opensFence },
    closesFence: [(text) => closesFence(text, "```"), (text) => closesFence("```", text)],
  },
  "src/slack/messages/slack-markdown.ts": {
    ...{ SlackMarkdown: (text: string) => new SlackMarkdown().push(text), slackMarkdown },
    InlineMarkdown: (text) => new InlineMarkdown().push(text),
    TableLines: (text) => {
      const lines = new TableLines(oneLine);
      return [`| ${text} |\n`, text, `| ${text}`].map((line) => lines.add(line));
    },
  },
  "src/slack/messages/slack-text.ts": {
    ...{ escapeText, cutText: (text: string) => cutText(text, text.length - 1) },
    questionText: [(text) => questionText(text, undefined), (text) => questionText(text, "U1")],
  },
  "src/util/is-misspelt.ts": { isMisspelt: (text) => isMisspelt(text, `${text.slice(0, -1)}x`) },
  "src/util/strings.ts": {
    oneLine,
    countOf: (text) => countOf(2, text),
    firstLetters: (text) => firstLetters(text, text.length - 1),
    streamSafe: (text) => streamSafe(text).normalize("NFKD"),
    foldCase,
    escapeMarkdown,
    unescapeMarkdown,
    estimateTokens,
    parseUrl,
  },
  ...SUGGESTION_READERS,
  ...PAGE_TEXT_READERS,
};
