/** How a sentence opens, and so whether it can be read without the one before it. */
import { begins, finds, says, tokensOf } from "../question/phrases.ts";
import { pointsAway } from "./points-away.ts";

/** "(1)", "ii)". */
const NUMBERED = /^\(?(?:\d|[ivx]{1,3})\)\s*/i;
/** Letters on either side of "this" in an opening phrase that the sentence can do without: "To address this issue, we". */
const PHRASE_REACH = 50;
const LONGEST_PHRASE = 3 * PHRASE_REACH;
/** Letters in which a sentence shows how it opens. */
const OPENING = 2 * LONGEST_PHRASE;
/** The next item of a list: "grammar, and memory". */
const ITEM = /^(?:[\p{L}\p{N}-]+\s){0,3}[\p{L}\p{N}-]+,\s(?:and|or)\s/iu;

export interface Opening {
  /** UTF-16 code units that can go: "However, ", "To address this issue, ". */
  readonly skip: number;
  /** What is left points at something said before it: "It …", "This approach …", "We call them …". */
  readonly pointsBack: boolean;
}

/**
 * By English function words alone.
 * @param known stemmed terms that a reader has seen before it: those of the title
 */
export function openingOf(sentence: string, known?: ReadonlySet<string>): Opening {
  let skip = 0;
  for (;;) {
    const rest = sentence.slice(skip, skip + OPENING);
    const length = connective(rest) || openingPhrase(rest);
    if (length === 0 || length === rest.length) break;
    skip += length;
  }
  const rest = sentence.slice(skip);
  const tokens = tokensOf(rest);
  const isBack = begins(tokens, "pointing") !== undefined && begins(tokens, "standsFor") === undefined;
  return { skip, pointsBack: isBack || pointsAway(rest, known) };
}

/** Letters of a word that joins a sentence to the one before it and says nothing itself: "However, ", "But ", "(2) ". */
function connective(sentence: string): number {
  const numbered = NUMBERED.exec(sentence)?.[0].length ?? 0;
  if (numbered > 0) return numbered;
  const tokens = tokensOf(sentence);
  const behind = (end: number | undefined, mark: RegExp) => {
    const from = tokens[(end ?? 0) - 1]?.end;
    const found = from === undefined ? null : mark.exec(sentence.slice(from));
    return from === undefined || found === null ? 0 : from + found[0].length;
  };
  return behind(begins(tokens, "connective"), /^,\s*/) || behind(begins(tokens, "joining"), /^\s+/);
}

/**
 * Letters of a phrase that points back and can go. One without a conjunction has no subject and verb of its own: where it
 * has, it is the clause itself. And the rest must not go on with what stands before it.
 */
function openingPhrase(sentence: string): number {
  const [phrase = ""] = sentence.slice(0, LONGEST_PHRASE).split(/[,.;:()]/, 1);
  const mark = /^,\s+/.exec(sentence.slice(phrase.length))?.[0] ?? "";
  const tokens = tokensOf(phrase);
  if (mark === "" || begins(tokens, "opener") === undefined) return 0;
  const pointers = [...finds(tokens, "pointing"), ...finds(tokens, "doingSo")].filter(
    ({ first }) => first > 0,
  );
  const isNear = pointers.some(({ first, end }) => {
    const [from, to] = [tokens[first]?.start ?? 0, tokens[end - 1]?.end ?? 0];
    return from <= PHRASE_REACH && phrase.length - to <= PHRASE_REACH;
  });
  if (!isNear) return 0;
  const isClause = says(tokens, "finite") && begins(tokens, "subordinate") === undefined;
  const length = phrase.length + mark.length;
  return isClause || goesOn(sentence.slice(length)) ? 0 : length;
}

/** What cannot begin a sentence: a relative clause, "-ing", the next item of a list. */
function goesOn(rest: string): boolean {
  const tokens = tokensOf(rest);
  if (begins(tokens, "relative") !== undefined) return true;
  return begins(tokens, "subject") === undefined && ITEM.test(rest);
}
