/** Makes a follow-up question stand alone, by rule: what it leaves out is papers that were spoken of before. */

import { STOP_WORDS } from "../../text/stop-words.ts";
import { wordsIn } from "../../text/words.ts";
import { oneLine } from "../../util/strings.ts";
import { finds, type Phrases, says, type Token, tokensOf, without, wordsFor } from "../language/phrases.ts";

/** One earlier question and the papers it was about, in the order in which they were spoken of. */
export interface Turn {
  readonly question: string;
  readonly papers: readonly { readonly title: string }[];
  /** Under their numbers all sources that the answer showed. */
  readonly sources?: readonly { readonly marker: number; readonly title: string }[];
  /** What was answered; the rule does without. */
  readonly answer?: string;
}

/** What it says within points at nothing: “Null It Out”. */
const TITLE = /“[^“”]{1,400}”/g;
/** Words within which a pronoun points back; further on it mostly points at something in the question itself. */
const POINTER_WITHIN = 9;
/** "What is BERT?", "what is a transformer?", "Who is Ada?": what is named here is what it is about. */
const ARTICLES = new Set(["a", "an"]);

/** How a question depends on what was said before it. */
type Dependence = "points-back" | "may-continue" | "stands-alone";

/**
 * By its words alone: a pronoun, a choice among papers or nothing but words of asking point back; "and …?" or a few words
 * may continue the topic, or begin another.
 */
export function dependenceOf(asked: string): Dependence {
  const question = oneLine(asked);
  const tokens = tokensOf(question);
  const isBack = picksPapers(question) || isBare(question) || pointsBack(question);
  if (isBack) return "points-back";
  if (definesNamed(question, tokens)) return "stands-alone";
  return says(tokens, "short") || says(tokens, "continuation") ? "may-continue" : "stands-alone";
}

function pointsBack(question: string): boolean {
  const untitled = question.replace(TITLE, "“…”");
  const tokens = tokensOf(untitled);
  const near = tokensOf(without(untitled, tokens, finds(tokens, "expletive")));
  return finds(near, "pointer").some(({ first }) => first < POINTER_WITHIN);
}

function definesNamed(question: string, tokens: readonly Token[]): boolean {
  const [what, be, named, ...more] = tokens;
  if (
    named === undefined ||
    !["what", "who"].includes(what?.text ?? "") ||
    !wordsFor("be").includes(be?.text ?? "")
  )
    return false;
  if (ARTICLES.has(named.text)) return more.length > 0;
  return more.length === 0 && /\p{Lu}/u.test(question.slice(named.start, named.end));
}

/**
 * The question with the titles of the papers it points at, in quotation marks: in the place of "the third", which is
 * no word of what is asked, else after it. What is searched for then reads as a person would have asked it.
 * @param history not empty
 */
export function resolveFollowUp(question: string, history: readonly Turn[]): string {
  // The last answer may have been a refusal: then the papers of the one before are still the topic.
  const spoken = history.map(({ papers }) => papers).filter(({ length }) => length > 0);
  const meant = papersMeant(question, spoken);
  // Who says "the third" of two named one that was not found: its name is in the question that named them.
  const before = history.findLast(({ papers }) => papers.length > 1) ?? history.at(-1);
  if (meant.length === 0) return `${before?.question ?? ""} ${question}`.trim();
  const titles = meant.map(({ title }) => `“${title}”`).join(" and ");
  return putInPlace(question.trim(), titles) ?? `${question.trim()} (in ${titles})`;
}

// Which of the papers that a talk spoke of a follow-up means: "the third", "the first two", "which is cheaper?"

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
function picksPapers(question: string): boolean {
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
function papersMeant<T extends { readonly title: string }>(
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
function putInPlace(question: string, names: string): string | undefined {
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

// Messages that ask for more of what was said, and name nothing themselves: "shorter please", "any limitations?"

/** Words of asking, of the form of an answer and of its size; and what any paper has: papers themselves are a list, and new ones. */
const BARE = new Set([...wordsFor("bare"), ...wordsFor("parts")]);
/** Behind these "you" is only asked to do something. */
const ASKED = new Set(wordsFor("polite"));
const YOURS = new Set(["your", "yours", "yourself"]);

/** Whether nothing is left of a message beside stop words, words of asking and form, and the parts that any paper has. */
function isBare(message: string): boolean {
  if (isAboutYou(message)) return false;
  const words = wordsIn(message)
    .map(({ text }) => text)
    .filter((text) => !STOP_WORDS.has(text));
  return words.length > 0 && words.every((text) => BARE.has(text) || /^\d+$/.test(text));
}

/** Said to the assistant about itself, and no "can you …?" */
function isAboutYou(message: string): boolean {
  const tokens = tokensOf(message);
  return tokens.some(
    ({ text }, at) => (text === "you" && !ASKED.has(tokens[at - 1]?.text ?? "")) || YOURS.has(text),
  );
}
