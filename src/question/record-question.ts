/** What a message asks of one paper that stands in its record, or beside it: who, when, where, code, links, papers alike. */
import { wordsIn } from "../text/words-in.ts";
import { type Purpose, serves, wordsFor } from "./lexicon.ts";

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
