/** What a message asks of the records: how many papers and which, or what one of them says of itself. */
import { STOP_WORDS } from "../../text/stop-words.ts";
import { type Word, wordsIn } from "../../text/words.ts";
import { type Purpose, serves, wordsFor } from "../language/phrases.ts";
import { type RecordFilter, readRecordFilter } from "./record-filter.ts";
import type { RecordNames } from "./record-names.ts";

export interface CatalogueQuestion {
  /**
   * `count`, `list`, `newest`, `oldest` are answered from the records alone; `papers`: `question` is for the papers that
   * the filter lets through.
   */
  readonly asks: "count" | "list" | "newest" | "oldest" | "papers";
  readonly filter: RecordFilter;
  /** What the papers are to be about; "" for anything. */
  readonly topic: string;
  /** What is asked of the papers, without the filter. */
  readonly question: string;
}

/** Words between "how many" and "papers": "how many of the research papers". */
const COUNTED_WITHIN = 5;

export function catalogueQuestion(message: string, names: RecordNames): CatalogueQuestion | undefined {
  // "Ada Tester's papers": the name ends before its "s".
  const text = message.replace(/['’](?=s\b)/giu, " ");
  const words = wordsIn(text);
  const worksAt = words.findIndex((word) => is(word, "works"));
  const filter = readRecordFilter(text, words, names);
  const free = words.filter((_, at) => !filter.taken.has(at));
  const isFiltered = filter.taken.size > 0;
  const subjectAt = worksAt < 0 && isFiltered ? 0 : worksAt;
  const about = topicOf(text, words, filter.taken, subjectAt);
  const asking =
    about === undefined ? free : words.slice(0, about.at).filter((_, at) => !filter.taken.has(at));
  const isOfAll = asking.every(isAsking) && !asking.some((word) => is(word, "notOfAll"));
  const topic = about?.topic ?? "";
  const asks = isOfAll ? askedOf(words, asking, topic, worksAt, isFiltered) : undefined;
  if (asks !== undefined) return { asks, filter, topic, question: surveyOf(topic) };
  const isTopic = isOfAll && topic !== "";
  const isWhole = isTopic && asking.some((word) => is(word, "whole"));
  if ((worksAt < 0 && !isTopic) || !(isFiltered || isWhole)) return undefined;
  const question = isTopic ? surveyOf(topic) : withoutFilter(text, words, filter.taken);
  return { asks: "papers", filter, topic, question };
}

const is = (word: Word | undefined, ...purposes: Purpose[]) =>
  word !== undefined && purposes.some((purpose) => serves(word.text, purpose));

const isAsking = (word: Word) =>
  is(word, "catalogue", "works", "place", "newest", "oldest", "publish", "greeting", "thanks", "notOfAll") ||
  word.text === "most" ||
  word.text === "recent" ||
  word.text === "year" ||
  word.text === "venue";

const isJoint = (word: Word | undefined) =>
  word !== undefined && (STOP_WORDS.has(word.text) || is(word, "publish"));

/** The words from the first that leads to a topic, behind a word for papers. */
function topicOf(text: string, words: readonly Word[], taken: ReadonlySet<number>, worksAt: number) {
  const at = words.findIndex(
    (word, index) => index > worksAt && worksAt >= 0 && is(word, "topic") && !taken.has(index),
  );
  if (at < 0) return undefined;
  // "About moss are from 2023", "on moss published in 2023": the words before what was taken.
  let end = words.length;
  while (end > at + 1 && (taken.has(end - 1) || isJoint(words[end - 1]))) end--;
  return { at, topic: textOf(text, words.slice(0, end), taken, at + 1) };
}

function askedOf(
  words: readonly Word[],
  asking: readonly Word[],
  topic: string,
  worksAt: number,
  isFiltered: boolean,
): CatalogueQuestion["asks"] | undefined {
  const has = (purpose: Purpose) => asking.some((word) => is(word, purpose));
  if (worksAt >= 0 && isCounted(words, worksAt)) return "count";
  const superlative =
    has("newest") || saysMostRecent(asking) ? "newest" : has("oldest") ? "oldest" : undefined;
  if (superlative !== undefined) return worksAt >= 0 && topic === "" ? superlative : undefined;
  if (topic !== "") return undefined;
  if (isFiltered) return "list";
  const isOfHere = has("place") || asking.some(({ text }) => text === "you" || text === "there");
  if (worksAt < 0) return has("place") && asksWhatIsIn(asking) ? "list" : undefined;
  return (has("whole") || isOfHere) && !has("publish") ? "list" : undefined;
}

/** "What is in here?", "show me the corpus", and not "come here". */
function asksWhatIsIn(asking: readonly Word[]): boolean {
  const [first] = asking;
  return (
    ["what", "whats", "show", "list", "give", "overview"].includes(first?.text ?? "") && asking.length > 1
  );
}

/** "How many papers", "the number of papers", "count the papers". */
function isCounted(words: readonly Word[], worksAt: number): boolean {
  const before = words.slice(Math.max(0, worksAt - COUNTED_WITHIN), worksAt).map(({ text }) => text);
  return before.some(
    (text, at) => text === "count" || text === "number" || (text === "how" && before[at + 1] === "many"),
  );
}

function saysMostRecent(asking: readonly Word[]): boolean {
  return asking.some(({ text }, at) => text === "most" && asking[at + 1]?.text === "recent");
}

const surveyOf = (topic: string) => (topic === "" ? "" : `Which papers are about ${topic}?`);

function withoutFilter(text: string, words: readonly Word[], taken: ReadonlySet<number>): string {
  const asked = textOf(text, words, taken, 0);
  return text.includes("?") ? `${asked}?` : asked;
}

/** The text of the words from there on that are not taken, with the marks between them. */
function textOf(text: string, words: readonly Word[], taken: ReadonlySet<number>, from: number): string {
  let kept = "";
  for (let at = from; at < words.length; at++) {
    const [word, before] = [words[at] as Word, words[at - 1]];
    if (taken.has(at)) continue;
    const joined = at > from && before !== undefined && !taken.has(at - 1);
    kept += joined ? text.slice(before.end, word.end) : ` ${text.slice(word.start, word.end)}`;
  }
  return kept.trim();
}

// What a message asks of one paper that stands in its record, or beside it: who, when, where, code, links, papers alike.

export type RecordAspect = "authors" | "year" | "venue" | "code" | "links" | "related";

const AROUND: readonly Purpose[] = ["record", "authorship", "dated", "venue", "code", "links", "related"];
/** Words before "papers like it". */
const LIKE = new Set(["like"]);

/**
 * @param rest the message without the name of the paper
 * @returns empty where anything else is asked
 */
export function recordQuestion(rest: string): readonly RecordAspect[] {
  const words = wordsIn(rest.replace(/['’](?=s\b)/giu, " ")).map(({ text }) => text);
  const isRecord = words.every((word) => LIKE.has(word) || AROUND.some((purpose) => serves(word, purpose)));
  return isRecord ? aspectsOf(words) : [];
}

/** The words of a message that a paper has to have in its name, for `recordQuestion` to be asked of it. */
export function wordsOfName(message: string): string[] {
  return wordsIn(message)
    .map(({ text }) => text)
    .filter((word) => !(LIKE.has(word) || AROUND.some((purpose) => serves(word, purpose))));
}

/** Whether a message may ask so, whatever else it says. */
export function mayAskRecord(message: string): boolean {
  return aspectsOf(wordsIn(message).map(({ text }) => text)).length > 0;
}

function aspectsOf(words: readonly string[]): RecordAspect[] {
  const has = (...purposes: Purpose[]) =>
    words.some((word) => purposes.some((purpose) => serves(word, purpose)));
  const isPublished = has("publish");
  const says = (word: string) => words.includes(word);
  const isAlone = words.length === 1;
  const like = words.indexOf("like");
  const isLike = like >= 0 && (has("works") || says("more")) && !says("what");
  const aspects: [RecordAspect, boolean][] = [
    ["authors", has("authorship") || ((says("who") || says("whom")) && isPublished)],
    ["year", says("year") || says("date") || (says("when") && (isPublished || isAlone))],
    ["venue", has("venue") || (says("where") && isPublished)],
    ["code", has("code")],
    ["links", has("links")],
    ["related", has("related") || isLike],
  ];
  return aspects.filter(([, isAsked]) => isAsked).map(([aspect]) => aspect);
}

/** "Three similar papers": how many are asked for. */
export function numberAsked(rest: string): number | undefined {
  const words = wordsIn(rest).map(({ text }) => text);
  const numbers = ["", ...wordsFor("cardinal")];
  const at = words.findIndex((word) => numbers.indexOf(word) > 1 || /^\d{1,2}$/.test(word));
  const said = words[at];
  return said === undefined
    ? undefined
    : Math.max(numbers.indexOf(said), Number.parseInt(said, 10) || 0) || undefined;
}
