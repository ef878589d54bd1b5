import { type MarkupElement, markupTree } from "../../plain/markup-tree.ts";
import type { Reader, ReadItem } from "../reader.ts";
import type { Draft } from "../record/draft.ts";
import { toItem } from "../record/to-item.ts";
import { readBytes } from "../source/read-bytes.ts";
import { TextWindow } from "../source/text-window.ts";
import { jatsArticleDraft } from "./jats-article.ts";
import { aclPaperDraft, atomEntryDraft, recordDraft } from "./other-records.ts";
import { pubmedArticleDraft } from "./pubmed-article.ts";
import { isElement } from "./xml-element.ts";

interface XmlFormat {
  readonly name: string;
  /** Elements that are records. */
  readonly records: readonly string[];
  /** An element before its records that says something of all of them. */
  readonly context?: string;
  /** What is found at the head of a file. */
  readonly opening: RegExp;
  draft(record: MarkupElement, context: MarkupElement | undefined): Draft;
}

const FORMATS: readonly XmlFormat[] = [
  {
    name: "PubMed XML",
    records: ["PubmedArticle", "PubmedBookArticle"],
    opening: /<Pubmed(?:Article|BookArticle|ArticleSet|BookArticleSet)[\s>]/,
    draft: pubmedArticleDraft,
  },
  {
    name: "ACL Anthology XML",
    records: ["paper"],
    context: "meta",
    opening: /<collection[\s>](?:.(?!<article[\s>])){0,3000}<volume[\s>]/s,
    draft: aclPaperDraft,
  },
  { name: "Atom (arXiv's interface)", records: ["entry"], opening: /<feed[\s>]/, draft: atomEntryDraft },
  {
    name: "EndNote or OAI XML",
    records: ["record"],
    opening: /<(?:xml>\s*<records|records|OAI-PMH|ListRecords|record)[\s>]/,
    draft: recordDraft,
  },
  {
    name: "JATS XML",
    records: ["article"],
    opening: /<(?:[\w-]{1,20}:)?article[\s>]|<(?:pmc-)?articleset[\s>]/i,
    draft: jatsArticleDraft,
  },
];
/** Letters of one record; a full text in JATS has a few hundred thousand. */
const MOST_LETTERS = 16 * 1024 * 1024;
const HEAD_LETTERS = 32 * 1024;

/** A reader for each kind of records in XML. No entity that a document declares is looked at. */
export const xmlReaders: readonly Reader[] = FORMATS.map((format) => ({
  name: format.name,
  accepts: ({ text }) => /^\s*</.test(text) && format.opening.test(text.slice(0, HEAD_LETTERS)),
  read: (file, options) => readXml(format, new TextWindow(readBytes(file, options))),
}));

async function* readXml(format: XmlFormat, window: TextWindow): AsyncGenerator<ReadItem> {
  const names = [...format.records, ...(format.context === undefined ? [] : [format.context])].join("|");
  const start = new RegExp(`<(?:[\\w-]{1,20}:)?(${names})(?=[\\s>])`, "g");
  let context: MarkupElement | undefined;
  while (true) {
    for (const reason of window.takeNotes()) yield { note: { line: window.line, reason } };
    const name = await toStart(window, start);
    if (name === undefined) break;
    const line = window.line;
    const { end, isWhole } = await endOf(window, name, start);
    const text = window.text.slice(0, end);
    const last = window.lineAt(end);
    window.skip(Math.max(1, end));
    const { nodes, fault } = markupTree(text);
    const element = nodes.find(isElement);
    if (!isWhole || fault !== undefined || element === undefined) {
      const why = isWhole ? (fault ?? "no element") : `</${name}> is missing`;
      const title = /<(?:ArticleTitle|article-title|title)>([^<]{3,1000})</.exec(text)?.[1];
      const isCut = !isWhole && window.isLast && window.text.trim() === "";
      yield {
        problem: { line, reason: `not well-formed XML: ${why}` },
        ...(title !== undefined && { named: { title } }),
        ...(isCut && { cutsOff: true as const }),
      };
    } else if (name === format.context) context = element;
    else yield toItem(format.draft(element, context), last);
  }
  if (window.fault !== undefined) {
    yield {
      problem: { line: window.line, reason: `cannot be read on from here: ${window.fault}` },
      cutsOff: true,
    };
  }
}

/** Moves to the next record. @returns its name */
async function toStart(window: TextWindow, start: RegExp): Promise<string | undefined> {
  while (true) {
    start.lastIndex = 0;
    const found = start.exec(window.text);
    if (found !== null) {
      window.skip(found.index);
      return found[1];
    }
    window.skip(Math.max(0, window.text.length - 100));
    if (!(await window.fill())) return undefined;
  }
}

/** Behind the end of the record, or where the next one begins before that. */
async function endOf(
  window: TextWindow,
  name: string,
  start: RegExp,
): Promise<{ end: number; isWhole: boolean }> {
  const close = new RegExp(`</(?:[\\w-]{1,20}:)?${name}\\s{0,9}>`, "g");
  let from = 1;
  while (true) {
    close.lastIndex = from;
    start.lastIndex = from;
    const end = close.exec(window.text);
    const next = start.exec(window.text)?.index;
    if (end !== null && (next === undefined || end.index < next))
      return { end: close.lastIndex, isWhole: true };
    if (next !== undefined && (end !== null || next < window.text.length - 200))
      return { end: next, isWhole: false };
    from = Math.max(1, window.text.length - 200);
    if (window.text.length > MOST_LETTERS || !(await window.fill()))
      return { end: next ?? window.text.length, isWhole: false };
  }
}
