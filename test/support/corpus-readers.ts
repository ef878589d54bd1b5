/** What of the corpus reads texts of others, each with how it is fed one: part of TEXT_READERS. */

import { extractLinks } from "../../src/corpus/extract-links.ts";
import { readArxivFeed } from "../../src/corpus/fetch/arxiv-feed.ts";
import { isPage, strangeAnswer } from "../../src/corpus/fetch/fetched.ts";
import { readPaperName } from "../../src/corpus/fetch/paper-name.ts";
import { flagsOf, isUnsound, noticeIn } from "../../src/corpus/identity/flags.ts";
import { normalizeArxivId } from "../../src/corpus/identity/normalize-arxiv-id.ts";
import { normalizeDoi } from "../../src/corpus/identity/normalize-doi.ts";
import { normalizeTitle } from "../../src/corpus/identity/normalize-title.ts";
import { mayBeOne } from "../../src/corpus/identity/same-paper.ts";
import { authorNames, splitNames } from "../../src/corpus/names/author-names.ts";
import { isOrganisation } from "../../src/corpus/names/organisation.ts";
import { personName } from "../../src/corpus/names/person-name.ts";
import { cleanText } from "../../src/corpus/plain/clean-text.ts";
import { decodeEntities } from "../../src/corpus/plain/entities.ts";
import { latexLetters } from "../../src/corpus/plain/latex-letters.ts";
import { latexSegments } from "../../src/corpus/plain/latex-segments.ts";
import { latexText } from "../../src/corpus/plain/latex-text.ts";
import { markupText, nodesText } from "../../src/corpus/plain/markup-text.ts";
import { markupTree } from "../../src/corpus/plain/markup-tree.ts";
import { mathText, scriptText } from "../../src/corpus/plain/math-text.ts";
import { entryDraft } from "../../src/corpus/readers/bibtex/entry-draft.ts";
import { parseEntry } from "../../src/corpus/readers/bibtex/parse-entry.ts";
import { blocksDraft } from "../../src/corpus/readers/documents/blocks-draft.ts";
import { findRecords } from "../../src/corpus/readers/json/find-records.ts";
import { parseJsonRecord } from "../../src/corpus/readers/json/json-record.ts";
import { objectEnd } from "../../src/corpus/readers/json/object-end.ts";
import { parseJson } from "../../src/corpus/readers/json/parse-json.ts";
import { byAlias, firstText, memberNamed } from "../../src/corpus/readers/record/by-alias.ts";
import { readYear } from "../../src/corpus/readers/record/read-year.ts";
import { evenSpaces, excess, excessOfAuthors } from "../../src/corpus/readers/record/record-bounds.ts";
import { isBlank, membersOf, quote, textIn, textsIn } from "../../src/corpus/readers/record/texts.ts";
import { toRecord } from "../../src/corpus/readers/record/to-record.ts";
import { decodeLine, toUtf8, wideEncoding } from "../../src/corpus/readers/source/decode.ts";
import { TextWindow } from "../../src/corpus/readers/source/text-window.ts";

async function* oneChunk(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}

type Reads = (text: string) => unknown;

export const CORPUS_READERS: Readonly<Record<string, Readonly<Record<string, Reads | readonly Reads[]>>>> = {
  "src/corpus/names/author-names.ts": {
    authorNames: [(text) => authorNames([text]), (text) => authorNames(text.split(" "))],
    splitNames,
  },
  "src/corpus/plain/clean-text.ts": { cleanText },
  "src/corpus/plain/latex-segments.ts": { latexSegments },
  "src/corpus/extract-links.ts": { extractLinks },
  "src/corpus/fetch/arxiv-feed.ts": {
    readArxivFeed: [
      (text) => readArxivFeed(`<feed>${text}`),
      (text) => readArxivFeed(`<feed><entry>${text}</entry></feed>`),
      (text) => readArxivFeed(`<feed>${text.replaceAll(" ", "<entry><id>")}`),
    ],
  },
  "src/corpus/fetch/fetched.ts": {
    isPage,
    strangeAnswer: (text) => strangeAnswer("arXiv", "Atom", { status: 200, text }),
  },
  "src/corpus/fetch/paper-name.ts": {
    readPaperName: [
      (text) => readPaperName(`arxiv:${text}`),
      (text) => readPaperName(`doi:10.1000/${text}`),
      (text) => readPaperName(`https://arxiv.org/list/${text}`),
    ],
  },
  "src/corpus/identity/normalize-arxiv-id.ts": { normalizeArxivId },
  "src/corpus/identity/normalize-doi.ts": { normalizeDoi },
  "src/corpus/identity/normalize-title.ts": { normalizeTitle },
  "src/corpus/identity/flags.ts": {
    flagsOf: (text) => flagsOf(text, text),
    noticeIn: [(text) => noticeIn(text), (text) => noticeIn(`Retraction notice to: ${text}`)],
    isUnsound: (text) => isUnsound({ flags: [text] }),
  },
  "src/corpus/identity/same-paper.ts": {
    mayBeOne: (text) => {
      const one = { keys: [`title:${text}`], abstract: text, authors: [text] };
      return mayBeOne(text, one, { ...one, authors: [] });
    },
  },
  "src/corpus/names/organisation.ts": { isOrganisation },
  "src/corpus/names/person-name.ts": {
    personName: [
      (text) => personName({ literal: text }),
      (text) => personName({ family: text, given: text, particle: text }),
    ],
  },
  "src/corpus/plain/entities.ts": { decodeEntities },
  "src/corpus/plain/latex-letters.ts": { latexLetters },
  "src/corpus/plain/latex-text.ts": {
    latexText: [(text) => latexText(text), (text) => latexText(text, { throughout: true })],
  },
  "src/corpus/plain/markup-text.ts": {
    markupText: [(text) => markupText(text), (text) => markupText(`<p>${text}</p>&lt;`)],
    nodesText: (text) => nodesText([text, { name: "title", attributes: {}, children: [text] }]),
  },
  "src/corpus/plain/markup-tree.ts": {
    markupTree: [(text) => markupTree(text), (text) => markupTree(text, { html: true, isTag: () => true })],
  },
  "src/corpus/plain/math-text.ts": {
    scriptText: (text) => scriptText(text, "below"),
    mathText: (text) =>
      mathText({
        name: "mfrac",
        attributes: {},
        children: [...text].map((child) => ({ name: "mi", attributes: {}, children: [child] })),
      }),
  },
  "src/corpus/readers/json/find-records.ts": {
    findRecords: [(text) => findRecords(text), (text) => findRecords(`{"a": ${text}`)],
  },
  "src/corpus/readers/json/object-end.ts": { objectEnd: (text) => objectEnd(`{${text}`) },
  "src/corpus/readers/json/parse-json.ts": {
    parseJson: (text) => {
      try {
        return parseJson(`{"a": NaN, "b": "${text}"}`);
      } catch {
        return undefined;
      }
    },
  },
  "src/corpus/readers/record/by-alias.ts": {
    byAlias: (text) => byAlias({ [text]: text, id: text }),
    memberNamed,
    firstText: (text) => firstText(text, [text]),
  },
  "src/corpus/readers/record/read-year.ts": { readYear },
  "src/corpus/readers/record/texts.ts": {
    textIn: (text) => textIn({ value: [text] }),
    textsIn: (text) => textsIn([text]),
    membersOf: (text) => membersOf({ text }),
    isBlank,
    quote,
  },
  "src/corpus/readers/record/to-record.ts": {
    toRecord: [
      (text) => toRecord({ title: text, abstract: text, venue: text, year: text, authors: text, tags: text }),
      (text) => toRecord({ title: "T", body: text, url: text, doi: text, arxivId: text }),
    ],
  },
  "src/corpus/readers/source/decode.ts": {
    decodeLine: (text) => decodeLine(Buffer.from(text, "latin1")),
    wideEncoding: (text) => wideEncoding(Buffer.from(text)),
    toUtf8: (text) => toUtf8(oneChunk(text), () => undefined).next(),
  },
  "src/corpus/readers/source/text-window.ts": {
    TextWindow: async (text) => {
      const window = new TextWindow(oneChunk(text));
      while (await window.fill());
      return window.lineAt(text.length);
    },
  },
  "src/corpus/readers/bibtex/parse-entry.ts": {
    parseEntry: [
      (text) => parseEntry(`@article{k, title = {${text}}}`, 0, new Map()),
      (text) => parseEntry(`@article{k, ${text}`, 0, new Map()),
    ],
  },
  "src/corpus/readers/bibtex/entry-draft.ts": {
    entryDraft: (text) => {
      const fields = Object.fromEntries(
        ["title", "author", "note", "url", "doi", "eprint", "abstract"].map((name) => [name, text]),
      );
      return entryDraft({ type: "article", key: "k", fields, end: 0 });
    },
  },
  "src/corpus/readers/documents/blocks-draft.ts": {
    blocksDraft: (text) => blocksDraft(text.split("\n").map((line) => ({ kind: "paragraph", text: line }))),
  },
  "src/corpus/readers/json/json-record.ts": {
    parseJsonRecord: [
      (text) => parseJsonRecord(text),
      (text) => parseJsonRecord(JSON.stringify({ title: text, abstract: text, authors: [text] })),
    ],
  },
  "src/corpus/readers/record/record-bounds.ts": {
    evenSpaces,
    excess: (text) => excess(text, 10),
    excessOfAuthors: (text) => excessOfAuthors([text]),
  },
};
