/** The text below a paper's abstract: the passages it is searched by, and a paper as it is read with some of them. */
import type { Paper } from "../protocol.ts";
import type { SentenceSpan } from "../text/sentences.ts";
import { withoutUndefined } from "../util/without-undefined.ts";
import { chunk } from "./chunk.ts";
import type { PaperBody } from "./paper.ts";

/** Sentences of a passage, and to the next one's: a paragraph or so, since the text around a sentence is about the same. */
const WINDOW = { window: 4, stride: 3 } as const;
/** Passages of one paper, about 600 sentences times three: 150 printed pages have fewer. What is behind is not searched. */
const MOST_PASSAGES = 2000;
/** Share of letters and spaces below which a passage is a table or a formula, and nothing to read. */
const PROSE = 0.6;

/** In order. */
export function bodyPassages({ text, sections }: PaperBody): SentenceSpan[] {
  const heads = [...new Set([0, ...sections.map(({ start }) => start)])].sort((a, b) => a - b);
  return heads
    .flatMap((start, at) => {
      const part = text.slice(start, heads[at + 1]);
      return chunk(part, WINDOW).map((span) => ({ start: start + span.start, end: start + span.end }));
    })
    .filter(({ start, end }) => isProse(text.slice(start, end)))
    .slice(0, MOST_PASSAGES);
}

function isProse(text: string): boolean {
  return text.replace(/[^\p{L}\s]/gu, "").length >= PROSE * text.length;
}

export interface PlaceInBody {
  /** From 1; absent where there are no pages. */
  readonly page?: number;
  /** The heading that it stands under, where there is one. */
  readonly section?: string;
}

/** @param offset into the body's text */
export function placeInBody({ pages, sections }: PaperBody, offset: number): PlaceInBody {
  const page = pages?.findLastIndex((start) => start <= offset);
  const section = sections.findLast(({ start }) => start <= offset)?.title;
  return withoutUndefined({ page: page === undefined || page < 0 ? undefined : page + 1, section });
}

/** A span of `abstract` that stands in the body from `from` on. */
interface BodyPart extends SentenceSpan, PlaceInBody {
  readonly from: number;
  /** Where in the body later pages begin within it. */
  readonly turns: readonly { readonly at: number; readonly page: number }[];
}

/**
 * A paper as it is read for one question: passages of its body stand behind its abstract, in that member. Who reads
 * papers reads these; where a span comes from, `originOf` tells.
 */
export interface Excerpt extends Paper {
  readonly bodyParts: readonly BodyPart[];
}

const BETWEEN = "\n\n";

/** @param spans of the body, in any order; the excerpt has them in this one */
export function excerptOf(paper: Paper, body: PaperBody, spans: readonly SentenceSpan[]): Excerpt {
  let { abstract } = paper;
  const bodyParts = spans.map(({ start: from, end: to }): BodyPart => {
    const start = abstract === "" ? 0 : abstract.length + BETWEEN.length;
    abstract = `${abstract}${abstract === "" ? "" : BETWEEN}${body.text.slice(from, to)}`;
    const turns = (body.pages ?? []).flatMap((at, page) =>
      at > from && at < to ? [{ at, page: page + 1 }] : [],
    );
    return { start, end: abstract.length, from, turns, ...placeInBody(body, from) };
  });
  return { ...paper, abstract, bodyParts };
}

function partsOf(paper: object): readonly BodyPart[] {
  return "bodyParts" in paper ? (paper as Excerpt).bodyParts : [];
}

/** Whether passages of its body are read with it. */
export function isExcerpt(paper: object): boolean {
  return partsOf(paper).length > 0;
}

/** What is read for itself: no sentence goes over the end of one. The abstract is the first, where there is one. */
export function readParts(paper: { readonly abstract: string }): SentenceSpan[] {
  const parts = partsOf(paper);
  const end = parts[0] === undefined ? paper.abstract.length : Math.max(0, parts[0].start - BETWEEN.length);
  return end === 0 && parts.length > 0 ? [...parts] : [{ start: 0, end }, ...parts];
}

export interface TextOrigin extends SentenceSpan, PlaceInBody {
  readonly field: "abstract" | "body";
}

/** Where a span of a paper's `abstract` stands: in the abstract itself, or in the body. */
export function originOf(paper: { readonly abstract: string }, { start, end }: SentenceSpan): TextOrigin {
  const part = partsOf(paper).find((each) => each.start <= start && end <= each.end);
  if (part === undefined) return { field: "abstract", start, end };
  const { section, from, turns } = part;
  const shift = from - part.start;
  const page = turns.findLast(({ at }) => at <= start + shift)?.page ?? part.page;
  return { field: "body", start: start + shift, end: end + shift, ...withoutUndefined({ page, section }) };
}
