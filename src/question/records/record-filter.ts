/** Authors, years and venues that a message names, by the words that lead to them. */
import type { Paper } from "../../protocol.ts";
import type { Word } from "../../text/words.ts";
import { serves } from "../language/phrases.ts";
import type { RecordNames } from "./record-names.ts";

/** One thing that a record must say. */
interface NamedInRecord {
  /** As the message has it. */
  readonly name: string;
  readonly papers: ReadonlySet<Paper>;
}

export interface RecordFilter {
  readonly authors: readonly NamedInRecord[];
  readonly venue?: NamedInRecord;
  readonly yearFrom?: number;
  readonly yearTo?: number;
  /** Indices of the words that say it. */
  readonly taken: ReadonlySet<number>;
}

type Mutable = { -readonly [Key in keyof RecordFilter]: RecordFilter[Key] } & {
  authors: NamedInRecord[];
  taken: Set<number>;
};

/** Words of a name that no record has, at most. */
const UNKNOWN_WORDS = 12;
const YEAR = /^(?:1[89]|20)\d\d$/;
/** Words before a year, and what they make of it. */
const YEAR_LEADS = new Map<string, (year: number) => { yearFrom?: number; yearTo?: number }>([
  ...["in", "from", "of", "during", "year", "dated"].map(
    (lead) => [lead, (year: number) => ({ yearFrom: year, yearTo: year })] as const,
  ),
  ["since", (year) => ({ yearFrom: year })],
  ...["after", "later", "newer"].map((lead) => [lead, (year: number) => ({ yearFrom: year + 1 })] as const),
  ...["before", "earlier", "older"].map((lead) => [lead, (year: number) => ({ yearTo: year - 1 })] as const),
  ...["until", "till", "through"].map((lead) => [lead, (year: number) => ({ yearTo: year })] as const),
]);
/** Those that may as well say when something happened that a paper is about: only beside a word for papers. */
const LOOSE = new Set(["in", "from", "of", "during", "year"]);
/** "What did Ada Tester find about owls?": who is asked of by the whole name needs no word for papers. */
const ASKS_OF = new Set(["did", "does", "has", "have", "is"]);
const TITLES_OF_PERSONS = new Set(["dr", "prof", "professor", "mr", "ms", "mrs"]);

interface Reading {
  readonly text: string;
  readonly words: readonly Word[];
  readonly names: RecordNames;
  readonly filter: Mutable;
  /** Nothing is in capitals, names neither. */
  readonly isLower: boolean;
}

/** @param words those of the text */
export function readRecordFilter(text: string, words: readonly Word[], names: RecordNames): RecordFilter {
  const filter: Mutable = { authors: [], taken: new Set() };
  const speaksOfPapers = words.some(({ text }) => serves(text, "works") || serves(text, "publish"));
  if (!(speaksOfPapers || words.some(({ text }) => ASKS_OF.has(text)))) return filter;
  const isLower = !words.slice(1).some(({ capital }) => capital);
  const reading = { text, words, names, filter, isLower };
  for (let at = 0; at < words.length; at++) {
    if (filter.taken.has(at)) continue;
    if (readAuthor(reading, at) || !speaksOfPapers || readYears(words, at, filter)) continue;
    readVenue(reading, at);
  }
  return filter;
}

const textAt = (words: readonly Word[], at: number) => words[at]?.text ?? "";
const speaks = (words: readonly Word[], at: number) =>
  serves(textAt(words, at), "works") || serves(textAt(words, at), "publish");

/** Beside a word for papers or of publishing, or what was taken: not "data collected in 2014". */
const isBeside = (words: readonly Word[], at: number, taken: ReadonlySet<number>) =>
  at <= 0 ||
  speaks(words, at - 1) ||
  taken.has(at - 1) ||
  ["are", "is", "were", "here", "there"].includes(textAt(words, at - 1));

function take(filter: Mutable, from: number, to: number): void {
  for (let at = from; at < to; at++) filter.taken.add(at);
}

/** "by Ada Tester", "papers from Tester and Sample", "did Tester publish", "Tester's papers". */
function readAuthor(reading: Reading, at: number): boolean {
  const { words, names, filter, isLower } = reading;
  const lead = textAt(words, at);
  const isBy = lead === "by" || (["from", "of"].includes(lead) && speaks(words, at - 1));
  const start = isBy || ASKS_OF.has(lead) ? at + 1 : at;
  const from = TITLES_OF_PERSONS.has(textAt(words, start)) ? start + 1 : start;
  const match = names.authorAt(words, from);
  if (match === undefined) return isBy && lead === "by" && readUnknownAuthor(reading, at);
  const said = words.slice(from, match.end);
  const isName = said.length > 1 || (said[0]?.capital ?? false) || (isLower && lead === "by");
  const isFollowed =
    textAt(words, match.end) === "s" ? speaks(words, match.end + 1) : speaks(words, match.end);
  const isWhole = start > at && said.length > 1 && said.every(({ capital }) => capital);
  const isCalled =
    isBy || isWhole || (isFollowed && (start > at || said.length > 1 || textAt(words, match.end) === "s"));
  if (!(isName && isCalled)) return false;
  filter.authors.push({ name: nameOf(reading, from, match.end), papers: match.papers });
  take(filter, at, textAt(words, match.end) === "s" ? match.end + 1 : match.end);
  if (isBy) readFurtherAuthors(reading, match.end);
  return true;
}

function readFurtherAuthors(reading: Reading, from: number): void {
  const { words, names, filter } = reading;
  let at = from;
  while (textAt(words, at) === "and" || words[at]?.capital) {
    const start = textAt(words, at) === "and" ? at + 1 : at;
    const match = names.authorAt(words, start);
    if (match === undefined || words[start]?.capital === false) return;
    filter.authors.push({ name: nameOf(reading, start, match.end), papers: match.papers });
    take(filter, at, match.end);
    at = match.end;
  }
}

/** "Papers by Xenia Nobody": a name that no record has. */
function readUnknownAuthor(reading: Reading, at: number): boolean {
  const { words, filter } = reading;
  if (!speaks(words, at - 1)) return false;
  let end = at + 1;
  while (end <= at + UNKNOWN_WORDS && words[end]?.capital) end++;
  if (end === at + 1) return false;
  filter.authors.push({ name: nameOf(reading, at + 1, end), papers: new Set() });
  take(filter, at, end);
  return true;
}

function readYears(words: readonly Word[], at: number, filter: Mutable): boolean {
  const lead = textAt(words, at);
  const isPair =
    lead === "between" ||
    (lead === "from" && ["to", "until", "through", "and"].includes(textAt(words, at + 2)));
  const years =
    yearAt(words, at + 1) !== undefined && isPair ? [yearAt(words, at + 1), yearAt(words, at + 3)] : [];
  if (years[0] !== undefined && years[1] !== undefined) {
    Object.assign(filter, { yearFrom: Math.min(years[0], years[1]), yearTo: Math.max(years[0], years[1]) });
    take(filter, at, at + 4);
    return true;
  }
  const single = yearAt(words, at);
  // "The 2023 papers".
  if (single !== undefined && serves(textAt(words, at + 1), "works")) {
    Object.assign(filter, { yearFrom: single, yearTo: single });
    take(filter, at, at + 1);
    return true;
  }
  return readLedYear(words, at, filter);
}

function readLedYear(words: readonly Word[], at: number, filter: Mutable): boolean {
  const lead = YEAR_LEADS.get(textAt(words, at));
  const yearPlace = ["the", "than", "year", "in"].includes(textAt(words, at + 1)) ? at + 2 : at + 1;
  const place = textAt(words, yearPlace) === "year" ? yearPlace + 1 : yearPlace;
  const year = yearAt(words, place);
  if (lead === undefined || year === undefined) return false;
  if (LOOSE.has(textAt(words, at)) && !isBeside(words, at, filter.taken)) return false;
  const range = yearAt(words, place + 1);
  // "In 2019-2021" is read as two words.
  const isRange = LOOSE.has(textAt(words, at)) && range !== undefined && range > year;
  Object.assign(filter, isRange ? { yearFrom: year, yearTo: range } : lead(year));
  take(filter, at, place + (isRange ? 2 : 1));
  return true;
}

function yearAt(words: readonly Word[], at: number): number | undefined {
  const text = textAt(words, at);
  return YEAR.test(text) ? Number(text) : undefined;
}

/** "in Night Ecology", "at NeurIPS", "NeurIPS papers". */
function readVenue(reading: Reading, at: number): boolean {
  const { words, names, filter, isLower } = reading;
  const isLed = ["in", "at", "from"].includes(textAt(words, at));
  const first = isLed ? at + 1 : at;
  const start = textAt(words, first) === "the" ? first + 1 : first;
  const match = names.venueAt(words, start) ?? (start > first ? names.venueAt(words, first) : undefined);
  if (match === undefined) return isLed && readUnknownVenue(reading, at);
  const said = words.slice(start, match.end);
  // "papers in nature": one word in small letters is what they are about.
  if (said.length === 1 && !said[0]?.capital && !(isLower && speaks(words, at - 1))) return false;
  if (!(isLed || serves(textAt(words, match.end), "works"))) return false;
  filter.venue = { name: nameOf(reading, start, match.end), papers: match.papers };
  take(filter, at, match.end);
  return true;
}

/** "published in Foo Letters". */
function readUnknownVenue(reading: Reading, at: number): boolean {
  const { words, filter } = reading;
  if (!serves(textAt(words, at - 1), "publish")) return false;
  let end = at + 1;
  while (end <= at + UNKNOWN_WORDS && words[end]?.capital) end++;
  if (end === at + 1 || end < words.length) return false;
  filter.venue = { name: nameOf(reading, at + 1, end), papers: new Set() };
  take(filter, at, end);
  return true;
}

/** As it is written. */
function nameOf({ text, words }: Reading, from: number, end: number): string {
  return text.slice(words[from]?.start, words[end - 1]?.end);
}
