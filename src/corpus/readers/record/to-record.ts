/** Drafts → records: only a title is needed, with a text it can be quoted; what else cannot be used is left out and told. */
import { splitSentences } from "../../../text/sentences.ts";
import { firstLetters, oneLine } from "../../../util/strings.ts";
import { withoutUndefined } from "../../../util/without-undefined.ts";
import { normalizeArxivId } from "../../identity/normalize-arxiv-id.ts";
import { normalizeDoi } from "../../identity/normalize-doi.ts";
import { splitNames } from "../../names/author-names.ts";
import type { PaperBody, PaperRecord } from "../../paper.ts";
import { plainOf } from "../../plain/plain-text.ts";
import type { Draft } from "./draft.ts";
import { peopleIn } from "./people.ts";
import { readYear } from "./read-year.ts";
import { evenSpaces, excess, excessOfAuthors, RECORD_BOUNDS } from "./record-bounds.ts";
import { isBlank, membersOf, quote, textIn, textsIn } from "./texts.ts";

export type RecordResult =
  | { readonly record: PaperRecord; readonly notes: readonly string[] }
  | {
      readonly reason: string;
      /** What the record is called all the same, as far as it says. */
      readonly named?: { readonly title?: string; readonly doi?: string; readonly arxivId?: string };
    };

/** Letters of a field as it comes, with its markup: what is longer is not even looked at. */
const MOST_RAW = 20;
/** Letters of a text's beginning that stands for an abstract. */
const OPENING_LETTERS = 1500;

export function toRecord(draft: Draft): RecordResult {
  const title = titleOf(draft.title);
  const notes: string[] = [];
  const ids = { doi: doiOf(draft, notes), arxivId: arxivIdOf(draft, notes) };
  if ("reason" in title) return { reason: title.reason, named: withoutUndefined(ids) };
  const body = bodyOf(draft.body, notes);
  const text = abstractOf(draft.abstract, body, notes);
  if ("reason" in text)
    return { reason: text.reason, named: withoutUndefined({ title: title.text, ...ids }) };
  const record: PaperRecord = {
    title: title.text,
    abstract: text.text,
    body,
    authors: authorsOf(draft.authors, notes),
    year: yearOf(draft.year, notes),
    venue: lineOf("venue", draft.venue, RECORD_BOUNDS.venue, notes),
    url: urlOf(draft.url, notes),
    ...ids,
    tags: tagsOf(draft.tags, notes),
    flags: draft.flags === undefined || draft.flags.length === 0 ? undefined : [...draft.flags],
    marks: draft.marks === undefined || draft.marks.length === 0 ? undefined : draft.marks,
  };
  return { record: withoutUndefined(record), notes };
}

type Text = { readonly text: string } | { readonly reason: string };

function titleOf(value: unknown): Text {
  if (value === undefined || value === null) return { reason: "title is missing" };
  const given = textIn(value);
  if (given === undefined || (typeof value === "number" && given !== "")) {
    return { reason: `title takes text, not ${quote(value)}` };
  }
  const raw = oneLine(given);
  const tooLong = excess(raw, MOST_RAW * RECORD_BOUNDS.title);
  const text = tooLong === undefined ? oneLine(plainOf(raw)) : raw;
  const reason = excess(text, RECORD_BOUNDS.title);
  if (reason !== undefined) return { reason: `title ${reason}` };
  return text === "" ? { reason: "title is empty" } : { text };
}

function abstractOf(value: unknown, body: PaperBody | undefined, notes: string[]): Text {
  // A list is one of paragraphs.
  const given = isBlank(value) ? "" : Array.isArray(value) ? textsIn(value).join("\n\n") : textIn(value);
  if (given === undefined) {
    notes.push(`abstract left out: takes text, not ${quote(value)}`);
    return { text: openingOf(body, notes) };
  }
  const raw = evenSpaces(given);
  const tooLong = excess(raw, MOST_RAW * RECORD_BOUNDS.abstract);
  const text = tooLong === undefined ? evenSpaces(plainOf(raw)) : raw;
  const reason = excess(text, RECORD_BOUNDS.abstract);
  if (reason !== undefined) return { reason: `abstract ${reason}` };
  return { text: text === "" ? openingOf(body, notes) : text };
}

/** Whole sentences of the beginning of a text. */
function openingOf(body: PaperBody | undefined, notes: string[]): string {
  if (body === undefined) {
    notes.push("has no abstract: it can be found by its name and cited, not quoted");
    return "";
  }
  notes.push("has no abstract: the beginning of its text stands for it");
  const head = body.text.slice(0, 2 * OPENING_LETTERS);
  const sentences = splitSentences(head);
  const ends = sentences.map(({ end }) => end).filter((end) => end <= OPENING_LETTERS);
  return head.slice(0, ends.at(-1) ?? OPENING_LETTERS).trim();
}

function bodyOf(value: unknown, notes: string[]): PaperBody | undefined {
  if (isBlank(value)) return undefined;
  const made = membersOf(value) as PaperBody | undefined;
  const given = made?.sections === undefined ? textsIn(value).join("\n\n") : made.text;
  const reason = excess(given, RECORD_BOUNDS.body);
  if (reason !== undefined) notes.push(`body cut: ${reason}`);
  const cut = given.slice(0, RECORD_BOUNDS.body);
  if (made?.sections !== undefined) return reason === undefined ? made : cutBody(made, cut);
  const text = evenSpaces(plainOf(cut));
  return text === "" ? undefined : { text, sections: [] };
}

function cutBody({ pages, sections }: PaperBody, text: string): PaperBody {
  return withoutUndefined({
    text,
    pages: pages?.filter((start) => start < text.length),
    sections: sections.filter(({ start }) => start < text.length),
  });
}

function authorsOf(value: unknown, notes: string[]): string[] | undefined {
  if (isBlank(value)) return undefined;
  const { names, unread } = peopleIn(value);
  if (unread > 0) {
    const what = unread === names.length + unread ? quote(value) : `${unread} without a name`;
    notes.push(`authors left out: ${what}`);
  }
  const given = typeof value === "string" ? names.flatMap(splitNames) : names;
  const authors = given.map((name) => oneLine(plainOf(name))).filter((name) => name !== "");
  const reason = excessOfAuthors(authors);
  if (reason !== undefined) notes.push(`authors left out: ${reason}`);
  return reason === undefined && authors.length > 0 ? authors : undefined;
}

function yearOf(value: unknown, notes: string[]): number | undefined {
  if (isBlank(value)) return undefined;
  const year = readYear(value);
  if (year === undefined) notes.push(`year left out: takes a year of four digits, not ${quote(value)}`);
  return year;
}

function lineOf(name: string, value: unknown, most: number, notes: string[]): string | undefined {
  if (isBlank(value)) return undefined;
  const given = textIn(value);
  if (given === undefined) {
    notes.push(`${name} left out: takes text, not ${quote(value)}`);
    return undefined;
  }
  const line = given.length > MOST_RAW * most ? given : oneLine(plainOf(given));
  const reason = excess(line, most);
  if (reason !== undefined) notes.push(`${name} left out: ${reason}`);
  return reason === undefined && line !== "" ? line : undefined;
}

function urlOf(value: unknown, notes: string[]): string | undefined {
  if (isBlank(value)) return undefined;
  // The address of what is given several of: the first that is one.
  const given = textsIn(value).map((text) => text.trim());
  const url = given.find((text) => /^https?:\/\/\S+$/i.test(text) && URL.canParse(text));
  const reason = excess(url ?? "", RECORD_BOUNDS.address);
  if (url !== undefined && reason === undefined) return url;
  const why = reason ?? `takes an http:// or https:// address, not ${quote(value)}`;
  if (normalizeDoi(given[0] ?? "") === undefined) notes.push(`url left out: ${why}`);
  else notes.push("url left out: it is a DOI");
  return undefined;
}

function doiOf({ doi, url }: Draft, notes: string[]): string | undefined {
  const given = lineOf("doi", doi, RECORD_BOUNDS.address, notes);
  if (given === undefined) return normalizeDoi(textIn(url)?.slice(0, RECORD_BOUNDS.address) ?? "");
  const known = normalizeDoi(given);
  if (known === undefined) notes.push(`doi left out: ${quote(given)} is none`);
  return known;
}

function arxivIdOf({ arxivId, url }: Draft, notes: string[]): string | undefined {
  const given = lineOf("arxivId", arxivId, RECORD_BOUNDS.address, notes);
  if (given === undefined) {
    const address = textIn(url)?.slice(0, RECORD_BOUNDS.address) ?? "";
    return /arxiv\.org/i.test(address) ? normalizeArxivId(address) : undefined;
  }
  const known = normalizeArxivId(given);
  if (known === undefined) notes.push(`arxivId left out: ${quote(given)} is none`);
  return known;
}

/** arXiv writes its categories in one text with spaces between. */
const CATEGORIES = /^[a-z-]{2,20}(?:\.[A-Za-z-]{2,20})?(?: [a-z-]{2,20}(?:\.[A-Za-z-]{2,20})?)+$/;

function tagsOf(value: unknown, notes: string[]): string[] | undefined {
  if (isBlank(value)) return undefined;
  const given = textsIn(value);
  if (given.length === 0) notes.push(`tags left out: takes a list of text, not ${quote(value)}`);
  const parted =
    typeof value !== "string"
      ? given
      : value.split(
          CATEGORIES.test(value.trim()) && value.includes(".") ? /\s+/ : value.includes(";") ? ";" : ",",
        );
  const tags = [
    ...new Set(parted.map((tag) => oneLine(plainOf(firstLetters(tag, 2 * RECORD_BOUNDS.tag))))),
  ].filter((tag) => tag !== "" && tag.length <= RECORD_BOUNDS.tag);
  if (tags.length > RECORD_BOUNDS.tags) notes.push(`tags cut: has more than ${RECORD_BOUNDS.tags} entries`);
  return tags.length === 0 ? undefined : tags.slice(0, RECORD_BOUNDS.tags);
}
