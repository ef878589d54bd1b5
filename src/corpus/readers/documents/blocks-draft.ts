/** A document's blocks in reading order → a paper: title, authors, abstract, and its text in sections. */
import { oneLine } from "../../../util/strings.ts";
import type { PaperBody } from "../../paper.ts";
import type { Draft } from "../record/draft.ts";

export interface Block {
  readonly kind: "heading" | "paragraph";
  readonly text: string;
  /** From 1; absent where there are no pages. */
  readonly page?: number;
  /** Set in another font or size than the text. */
  readonly isDistinct?: boolean;
  /** Where in its text other pages begin. */
  readonly breaks?: readonly { readonly at: number; readonly page: number }[];
}

export interface DocumentHead {
  readonly title?: string | undefined;
  readonly authors?: readonly string[] | undefined;
  readonly year?: unknown;
  readonly doi?: string | undefined;
  readonly arxivId?: string | undefined;
  readonly tags?: unknown;
}

const ABSTRACT =
  /^(?:\d{0,2}\.?\s{0,3})?(?:abstract|summary|zusammenfassung|r[ée]sum[ée]|resumen|摘要|要旨)\s{0,3}[.:：—–-]?$/i;
/** The word and the text in one paragraph: "Abstract—We show …". */
const ABSTRACT_IN = /^(?:abstract|summary)\s{0,3}[.:：—–-]{1,2}\s{0,3}(?=\S)/i;
const REFERENCES =
  /^(?:\d{0,2}\.?\s{0,3}|[IVX]{1,5}\.?\s{1,3})?(?:references(?: and notes)?|bibliography|literature cited|works cited|literatur(?:verzeichnis)?|références|参考文献)\s{0,3}[.:]?$/i;
const INTRODUCTION = /^(?:\d{0,2}\.?\s{0,3}|[IVX]{1,5}\.\s{1,3})?introduction\s{0,3}[.:]?$/i;
const KEYWORDS =
  /^(?:key\s?words|index terms|ccs concepts|categories and subject descriptors|acm reference format|pacs|msc)\b/i;
/** Letters of a list of keywords. */
const MOST_KEYWORDS = 600;
/** Letters of a heading: what is longer is a paragraph. */
const MOST_HEADING = 200;
/** Letters from which a paragraph is one of the text, not a line of names. */
const LEAST_PARAGRAPH = 150;

/** @param head what the document says of itself apart from its text */
export function blocksDraft(blocks: readonly Block[], head: DocumentHead = {}): Draft {
  const named = blocks.find(({ kind, text }) => kind === "heading" && !ABSTRACT.test(text.trim()));
  const title = head.title ?? (named ?? blocks[0])?.text;
  const from = title === undefined ? 0 : blocks.findIndex(({ text }) => sameText(text, title)) + 1;
  const rest = withoutReferences(blocks.slice(from));
  const { abstract, behind } = abstractOf(rest);
  return {
    title,
    abstract,
    body: bodyOf(behind),
    authors: head.authors === undefined || head.authors.length === 0 ? undefined : head.authors,
    year: head.year,
    doi: head.doi,
    arxivId: head.arxivId,
    tags: head.tags,
  };
}

const sameText = (one: string, two: string): boolean =>
  oneLine(one).toLowerCase() === oneLine(two).toLowerCase();

function withoutReferences(blocks: readonly Block[]): readonly Block[] {
  const at = blocks.findLastIndex(({ text }) => text.length < MOST_HEADING && REFERENCES.test(text.trim()));
  return at > 0 ? blocks.slice(0, at) : blocks;
}

function abstractOf(blocks: readonly Block[]): { abstract: string | undefined; behind: readonly Block[] } {
  const at = blocks.findIndex(({ text }) => ABSTRACT.test(text.trim()) || ABSTRACT_IN.test(text.trim()));
  const opening = blocks[at];
  if (opening === undefined) return beforeIntroduction(blocks);
  if (!ABSTRACT.test(opening.text.trim())) {
    const end = paragraphsEnd(blocks, at + 1, opening.text.length);
    const parts = [
      opening.text.trim().replace(ABSTRACT_IN, ""),
      ...blocks.slice(at + 1, end).map(({ text }) => text),
    ];
    return { abstract: parts.join("\n\n"), behind: blocks.slice(end) };
  }
  const end = paragraphsEnd(blocks, at + 1, 0);
  const abstract = blocks
    .slice(at + 1, end)
    .map(({ text }) => text)
    .join("\n\n");
  return { abstract: abstract === "" ? undefined : abstract, behind: blocks.slice(end) };
}

/** An abstract without its heading: what is set unlike the text, or stands between the names and the introduction. */
function beforeIntroduction(blocks: readonly Block[]): {
  abstract: string | undefined;
  behind: readonly Block[];
} {
  const at = blocks.findIndex(({ kind, text }) => kind === "heading" && INTRODUCTION.test(text.trim()));
  const heading = at >= 0 ? at : blocks.findIndex(({ kind }) => kind === "heading");
  const opening = blocks.slice(0, Math.max(heading, 0));
  const isParagraph = ({ text }: Block) => text.length >= LEAST_PARAGRAPH && !KEYWORDS.test(text);
  const first = opening.findIndex(isParagraph);
  const last = opening.findIndex(
    (block, index) => index >= first && isParagraph(block) && block.isDistinct !== true,
  );
  const distinct = first < 0 ? [] : opening.slice(first, last < 0 ? undefined : last);
  if (distinct.length > 0 && lettersOf(distinct) <= MOST_ABSTRACT)
    return { abstract: textOf(distinct.filter(isParagraph)), behind: blocks.slice(first + distinct.length) };
  const before = opening.filter(isParagraph);
  if (at < 0 || before.length === 0) return { abstract: undefined, behind: afterNames(blocks) };
  return { abstract: textOf(before), behind: blocks.slice(at) };
}

const textOf = (blocks: readonly Block[]): string => blocks.map(({ text }) => text).join("\n\n");
const lettersOf = (blocks: readonly Block[]): number =>
  blocks.reduce((sum, { text }) => sum + text.length, 0);
/** Letters of an abstract that is told by its letters alone. */
const MOST_ABSTRACT = 4000;

/** Letters from which an abstract is whole: what follows without a heading is the text. */
const WHOLE_ABSTRACT = 600;

function paragraphsEnd(blocks: readonly Block[], from: number, had: number): number {
  let letters = had;
  let at = from;
  for (; at < blocks.length; at++) {
    const { kind, text } = blocks[at] as Block;
    if (kind === "heading" || KEYWORDS.test(text) || letters >= WHOLE_ABSTRACT) break;
    letters += text.length;
  }
  return at;
}

/** What stands between the title and the text: names, addresses, dates. */
function afterNames(blocks: readonly Block[]): readonly Block[] {
  const at = blocks.findIndex(({ kind, text }) => kind === "heading" || text.length >= LEAST_PARAGRAPH);
  return at < 0 ? blocks : blocks.slice(at);
}

function bodyOf(blocks: readonly Block[]): PaperBody | undefined {
  const sections: { title: string; start: number }[] = [];
  const pages: number[] = [];
  let text = "";
  for (const block of blocks) {
    const words = block.text.trim();
    if (words === "" || (KEYWORDS.test(words) && words.length < MOST_KEYWORDS)) continue;
    const start = text === "" ? 0 : text.length + 2;
    const begin = (page: number, at: number) => {
      // A page that holds no text of its own begins where the next one does.
      while (pages.length < page) pages.push(pages.length === 0 ? 0 : at);
    };
    if (block.page !== undefined) begin(block.page, start);
    for (const { at, page } of block.breaks ?? []) begin(page, start + at);
    if (block.kind === "heading" && words.length <= MOST_HEADING)
      sections.push({ title: oneLine(words), start });
    else text += text === "" ? words : `\n\n${words}`;
  }
  if (text === "") return undefined;
  const within = sections.filter(({ start }) => start < text.length);
  return { text, ...(pages.length === 0 ? {} : { pages }), sections: within };
}
