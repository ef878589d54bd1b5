/** What a message calls by a sign: sources of the last answer by their numbers, papers by arXiv id or DOI. */

import { normalizeArxivId } from "../../corpus/identity/normalize-arxiv-id.ts";
import { normalizeDoi } from "../../corpus/identity/normalize-doi.ts";
import { serves } from "../language/phrases.ts";

interface MentionedNotes {
  /** In the order of their first mention. */
  readonly numbers: readonly number[];
  /** UTF-16 offsets of the mentions, in order. */
  readonly places: readonly {
    readonly start: number;
    readonly end: number;
    readonly numbers: readonly number[];
  }[];
}

/** An answer has no more sources. */
const MOST_SOURCES = 100;
const LIST = "\\d{1,3}(?:\\s{0,2}(?:,|and|&|or|–|-)\\s{0,2}\\d{1,3}){0,9}";
/** "[2]", "[1, 3]", "【2】". */
const BRACKETED = new RegExp(`[[【]\\s{0,2}(${LIST})\\s{0,2}[\\]】]`, "giu");
/** "#2", "# 2". */
const HASHED = /#\s?(\d{1,3})(?![\p{L}\p{N}])/gu;
/** "paper 3", "sources 2 and 4", "number 1"; the word decides (lexicon). */
const NUMBERED = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:the\\s{1,2})?(\\p{L}{2,12})\\.?\\s{1,2}(?:nr\\.?\\s|no\\.?\\s|number\\s|#)?(${LIST})(?![\\p{L}\\p{N}%.]|\\s?(?:%|percent|times))`,
  "giu",
);

export function mentionedNotes(message: string): MentionedNotes {
  const found = [
    ...[...message.matchAll(BRACKETED)].map((match) => placeOf(match, match[1])),
    ...[...message.matchAll(HASHED)].map((match) => placeOf(match, match[1])),
    ...[...message.matchAll(NUMBERED)]
      .filter(([, word = ""]) => serves(word.toLowerCase(), "numbered"))
      .map((match) => placeOf(match, match[2])),
  ]
    .filter(({ numbers }) => numbers.length > 0)
    .sort((a, b) => a.start - b.start || b.end - a.end);
  const places = found.filter(({ start }, at) => at === 0 || start >= (found[at - 1]?.end ?? 0));
  return { places, numbers: [...new Set(places.flatMap(({ numbers }) => numbers))] };
}

function placeOf({ 0: whole, index }: RegExpExecArray, list = "") {
  return { start: index, end: index + whole.length, numbers: numbersIn(list) };
}

/** "1, 3" and "1-3", which is 1, 2 and 3. */
function numbersIn(list: string): number[] {
  const numbers: number[] = [];
  for (const [, from = "", to] of list.matchAll(/(\d+)(?:\s*[-–]\s*(\d+))?/g)) {
    const last = Math.min(MOST_SOURCES, Number(to ?? from));
    for (let number = Number(from); number <= last; number++) if (number > 0) numbers.push(number);
  }
  return numbers;
}

interface MentionedId {
  /** As `PaperCatalog.byKey` takes it. */
  readonly key: string;
  /** As it is called: "arXiv id 1608.03189". */
  readonly name: string;
  /** UTF-16 offsets, the word "arXiv" before it included. */
  readonly start: number;
  readonly end: number;
  /** An address, which may be no more than where something was read. */
  readonly isLink: boolean;
}

/** Ids read of one message. */
const MOST_IDS = 20;
const CHUNK = /(?:\b(?:arxiv|doi)\s?:?\s{1,2}(?:id\s{1,2})?)?[^\s<>()[\]{}"“”'‘’,;]{5,300}/giu;
const LEAD = /^(?:arxiv|doi)\s?:?\s{1,2}(?:id\s{1,2})?/iu;
/** YYMM.number: the month tells it from a figure. */
const NEW_ARXIV = /^\d\d(?:0[1-9]|1[0-2])\.\d{4,5}$/;

/** arXiv ids and DOIs in a message: "arXiv 1608.03189", "doi:10.1000/x", their addresses. */
export function mentionedIds(message: string): MentionedId[] {
  return [...message.matchAll(CHUNK)].flatMap((match) => idIn(match) ?? []).slice(0, MOST_IDS);
}

function idIn({ 0: chunk, index }: RegExpExecArray): MentionedId | undefined {
  const said = chunk.replace(/[.:!?]+$/, "");
  const bare = said.replace(LEAD, "");
  const place = { start: index, end: index + said.length, isLink: /^https?:/i.test(bare) };
  const doi = normalizeDoi(bare);
  const arxivId = normalizeArxivId(bare);
  if (arxivId !== undefined && (NEW_ARXIV.test(arxivId) || arxivId.includes("/")))
    return { key: `arxiv:${arxivId.toLowerCase()}`, name: `arXiv id ${arxivId}`, ...place };
  return doi === undefined ? undefined : { key: `doi:${doi.toLowerCase()}`, name: `DOI ${doi}`, ...place };
}
