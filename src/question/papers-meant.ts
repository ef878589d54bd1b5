/** Which of the papers that a talk spoke of a follow-up means: "the third", "the first two", "which is cheaper?" */
import { finds, type Phrases, says, type Token, tokensOf } from "./phrases.ts";

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
/** Papers that all of several are at most: as many as an answer has lines. */
const MOST = 6;
/** Papers that "these" may be; they are as often things of the first one's. */
const SEVERAL = 2;

/** Whether a question picks from, or means all of, several papers spoken of before. */
export function picksPapers(question: string): boolean {
  const tokens = tokensOf(question);
  return positionsIn(tokens).length > 0 || isOf(tokens, "others", "both") || chooses(tokens);
}

const isOf = (tokens: readonly Token[], ...all: Phrases[]) => all.some((phrases) => says(tokens, phrases));

/** "Which is faster?" and not "which is faster, X or Y?", which says itself what is to be chosen from. */
function chooses(tokens: readonly Token[]): boolean {
  const [choice] = finds(tokens, "choice");
  if (choice === undefined) return false;
  const mark = tokens.findIndex(({ isEnd }, at) => isEnd && at >= choice.end - 1);
  return mark < 0 || !tokens.slice(mark + 1).some(({ text }) => text === "or");
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
  const tokens = tokensOf(question);
  const positions = positionsIn(tokens);
  if (positions.length > 0) return inOrder(positions, spoken);
  const list = listAround(last, spoken);
  if (says(tokens, "others")) {
    const others = list.filter((paper) => !holds(last, paper));
    if (others.length > 0) return others.slice(0, MOST);
  }
  if (isOf(tokens, "both", "together") || chooses(tokens)) return list.slice(0, MOST);
  return last.slice(0, says(tokens, "plural") ? SEVERAL : 1);
}

/** The question with `names` in the place of its one "the third" or "the first two"; undefined where it has none. */
export function putInPlace(question: string, names: string): string | undefined {
  const tokens = tokensOf(question);
  const [place, other] = [...finds(tokens, "run"), ...finds(tokens, "ordinal")];
  if (place === undefined || other !== undefined) return undefined;
  return question.slice(0, tokens[place.first]?.start) + names + question.slice(tokens[place.end - 1]?.end);
}

/**
 * Of the last answer that had so many papers; else of all, as the talk came to them. Where one paper is all that was
 * found, anyone who counts had more in mind than was found, and that one is the best guess.
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

function positionsIn(tokens: readonly Token[]): number[] {
  const textsOf = (phrases: Phrases) =>
    finds(tokens, phrases).map(({ first, end }) => tokens.slice(first, end).map(({ text }) => text));
  const runs = textsOf("run").flatMap((texts) => {
    const counted = texts.find((text) => text in COUNTS || /^[2-6]$/.test(text)) ?? "";
    const length = COUNTS[counted] ?? Number(counted);
    const from = texts.includes("last") ? -length : 0;
    return Array.from({ length }, (_, at) => from + at);
  });
  const ordinals = textsOf("ordinal").flatMap((texts) => texts.flatMap((text) => POSITIONS.get(text) ?? []));
  return [...new Set([...runs, ...ordinals])];
}
