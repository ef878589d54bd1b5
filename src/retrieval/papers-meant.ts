/** Which of the papers that a talk spoke of a follow-up means: "the third", "the first two", "which is cheaper?" */
import { LEADING_MARKS } from "../util/leading-marks.ts";

/** Negative: from the end. */
const POSITIONS = new Map(
  Object.entries({
    first: 0,
    second: 1,
    third: 2,
    fourth: 3,
    fifth: 4,
    sixth: 5,
    last: -1,
    former: 0,
    latter: 1,
  }).concat(["1st", "2nd", "3rd", "4th", "5th", "6th"].map((word, at) => [word, at])),
);
const COUNTS: Readonly<Record<string, number>> = { two: 2, three: 3, four: 4, five: 5, six: 6 };
const ORDINAL = `(${[...POSITIONS.keys()].join("|")})`;
const COUNT = `(${Object.keys(COUNTS).join("|")}|[2-6])`;
const DEGREE = "(?:\\p{L}{2,20}er|more|less|fewer|better|worse)\\b";
/** Behind a word that stands for a paper by itself: no noun, as in "the first layers". */
const ALONE = `(?=\\s*(?:[?.!,:;)–—]|['’]s\\b|$)|\\s+(?:-|is|are|was|were|do|does|did|has|have|had|can|could|will|would|than)\\b|\\s+${DEGREE}(?:\\s+than\\b|\\W*$))`;
/** "The first paper to show …", "the last one on pruning" are called by what follows. */
const NOT_CALLED = "(?!\\s+(?:on|about|to|that|which|with|ever)\\b)";

const any = (...patterns: string[]): RegExp => new RegExp(patterns.join("|"), "giu");
/** "The second one", "the first of them", "the latter", "the first and the third"; "how does the third work?" */
const ORDINALS = any(
  `\\b(?:the\\s+)?${ORDINAL}\\s+(?:one|paper)\\b${NOT_CALLED}`,
  `\\b(?:the\\s+)?${ORDINAL}\\s+of\\s+(?:them|these|those|the\\s+\\p{L}+)\\b`,
  `\\bthe\\s+(former|latter)\\b`,
  `\\bthe\\s+${ORDINAL}\\s+(?:and|or|with|to|versus|vs\\.?)\\s+(?:the\\s+)?${ORDINAL}${ALONE}`,
  `\\bthe\\s+${ORDINAL}${ALONE}`,
  `(?<=\\b(?:do|does|did|can)\\s)the\\s+${ORDINAL}(?=\\s+\\S+\\s*$)`,
);
/** "The first two", "the last three papers". */
const RUN = any(
  `(?<=\\b(?:do|did|can)\\s)the\\s+(first|last)\\s+${COUNT}(?=\\s+\\S+\\s*$)`,
  `\\bthe\\s+(first|last)\\s+${COUNT}(?:\\s+(?:papers|ones))?${ALONE}`,
);
/** "The other one", "the other two", "the others". */
const OTHERS = new RegExp(`\\bthe\\s+(?:others|other(?:\\s+(?:one|paper|${COUNT}))?)${ALONE}`, "iu");
const VERB = "(?:is|was|are|were|has|had|does|did|can|could|will|would|do)";
const MOST_OF_ALL =
  "(?:the\\s+)?(?:\\p{L}{3,20}est|best|worst|(?:most|least)\\s+\\p{L}{1,40})(?!\\p{L})\\W*$";
/**
 * "Which is cheaper?", "which one scales best?", "which of them …?" at the beginning: not "X or Y: which one …?", and
 * not "which is faster, X or Y?", which say themselves what is to be chosen from.
 */
const CHOICE = new RegExp(
  `^${LEADING_MARKS}(?:(?:and|so|but|then|ok|okay)\\W+)*which\\s+(?:ones?\\b|of\\s+(?:them|these|those|the\\s+${COUNT})\\b|${VERB}\\s+(?:much\\s+|even\\s+|far\\s+|the\\s+)?${DEGREE}|${VERB}\\s+${MOST_OF_ALL}|\\S+s\\s+(?:${DEGREE}(?:\\s+\\S+){0,4}\\s*$|${MOST_OF_ALL}))(?![^,:]*[,:].*\\sor\\s)`,
  "iu",
);
/** "Are both open?", "all three": not "both parses". */
const BOTH = new RegExp(
  `\\bboth(?:\\s+of\\s+(?:them|these|those)\\b|${ALONE})|\\b(?:are|were|do|did|can|have)\\s+(?:both|all)\\b(?!\\s+(?:of\\s+)?(?:the|a|\\p{L}+s)\\b)|\\ball\\s+${COUNT}(?:\\s+(?:papers|of\\s+them))?${ALONE}`,
  "iu",
);
/** What is said of several papers, where something else points back. */
const TOGETHER =
  /\b(?:both|all|the\s+two|each\s+other)\b|\bthey\b.{0,80}\b(?:differ|agree|disagree|compare|related|in\s+common)\b/iu;
const PLURAL = /\b(?:these|those|them|who)\b/i;
/** Papers that all of several are at the most: as many as an answer has lines. */
const MOST = 6;
/** Papers that "these" may be; they are as often things of the first one's. */
const SEVERAL = 2;

/** Whether a question picks from, or means all of, several papers spoken of before. */
export function picksPapers(question: string): boolean {
  return positionsIn(question).length > 0 || [OTHERS, CHOICE, BOTH].some((pattern) => pattern.test(question));
}

/**
 * @param spoken the papers of the answers so far that had any, oldest first, each in the order in which it spoke of them
 * @returns empty when it means one that there is not: the fourth of three
 */
export function papersMeant<T extends { readonly title: string }>(
  question: string,
  spoken: readonly (readonly T[])[],
): readonly T[] {
  const last = spoken.at(-1) ?? [];
  const positions = positionsIn(question);
  if (positions.length > 0) return inOrder(positions, spoken);
  const list = listAround(last, spoken);
  if (OTHERS.test(question)) {
    const others = list.filter((paper) => !holds(last, paper));
    if (others.length > 0) return others.slice(0, MOST);
  }
  if ([CHOICE, BOTH, TOGETHER].some((pattern) => pattern.test(question))) return list.slice(0, MOST);
  return last.slice(0, PLURAL.test(question) ? SEVERAL : 1);
}

/** The question with `names` in the place of its one "the third" or "the first two"; undefined where it has none. */
export function putInPlace(question: string, names: string): string | undefined {
  const places = [RUN, ORDINALS].flatMap((pattern) => [...question.matchAll(pattern)]);
  const [place] = places;
  if (place === undefined || places.length > 1) return undefined;
  return question.slice(0, place.index) + names + question.slice(place.index + place[0].length);
}

/**
 * Of the last answer that had so many papers; else of all, as the talk came to them. Where one paper is all that was
 * found, whoever counts had more in mind than was found, and that one is the best guess.
 */
function inOrder<T extends { readonly title: string }>(
  positions: readonly number[],
  spoken: readonly (readonly T[])[],
): readonly T[] {
  const all = [...new Map(spoken.flat().map((paper) => [paper.title, paper])).values()];
  if (all.length < 2) return all;
  const fewest = Math.max(2, ...positions.map((at) => (at < 0 ? -at : at + 1)));
  const list = spoken.findLast(({ length }) => length >= fewest) ?? all;
  return list.length < fewest ? [] : positions.flatMap((at) => list.at(at) ?? []);
}

/** The papers among which the last answer was one: an answer that narrows down leaves the others at hand. */
function listAround<T extends { readonly title: string }>(
  last: readonly T[],
  spoken: readonly (readonly T[])[],
): readonly T[] {
  if (last.length > 1) return last;
  return spoken.findLast((list) => list.length > 1 && last.every((paper) => holds(list, paper))) ?? last;
}

function holds(list: readonly { readonly title: string }[], { title }: { readonly title: string }): boolean {
  return list.some((paper) => paper.title === title);
}

function positionsIn(question: string): number[] {
  const positions: number[] = [];
  for (const [end = "", count = ""] of wordsMatched(question, RUN)) {
    const length = COUNTS[count] ?? Number(count);
    for (let at = 0; at < length; at++) positions.push(end === "last" ? at - length : at);
  }
  positions.push(
    ...wordsMatched(question, ORDINALS).flatMap((words) => words.map((word) => POSITIONS.get(word) ?? 0)),
  );
  return [...new Set(positions)];
}

/** Of each match the words that its groups hold, in lower case. */
function wordsMatched(question: string, pattern: RegExp): string[][] {
  return [...question.matchAll(pattern)].map(([, ...groups]) =>
    groups.flatMap((group) => group?.toLowerCase() ?? []),
  );
}
