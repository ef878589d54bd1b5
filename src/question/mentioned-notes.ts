/** The numbers by which a message calls sources of the last answer: "[2]", "#1 and #3", "paper 3", "sources 2, 4". */
import { serves } from "./lexicon.ts";

export interface MentionedNotes {
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
const MOST = 100;
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
    const last = Math.min(MOST, Number(to ?? from));
    for (let number = Number(from); number <= last; number++) if (number > 0) numbers.push(number);
  }
  return numbers;
}
