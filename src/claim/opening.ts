/** How a sentence opens, and so whether it can be read without the one before it. */
import { begins, finds, type Purpose, says, tokensOf, wordsFor } from "../question/language/phrases.ts";
import { terms } from "../text/terms.ts";

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

// Whether a sentence points at something that was said before it: it cannot be read alone then.

const words = (list: Purpose): ReadonlySet<string> => new Set(wordsFor(list));

/** "This paper" points at nothing before it, nor do "these days". */
const SELF = words("self");
const TIMES = words("times");
/** They stand for one thing, or for several; or point with the noun behind them, "such" also with its "a". */
const FOR_ONE = words("forOne");
const FOR_SEVERAL = words("forSeveral");
const WITH_NOUN = words("withNoun");
/** "It" stands for what follows behind these, "makes it possible to", and before these, "it remains to be seen". */
const MAKING = words("making");
const BEING = words("being");
const WHAT_FOLLOWS = words("whatFollows");
/** "Oblivious to that property": behind these "that" points. Behind "those" and "such" these say which are meant. */
const BEFORE_THAT = words("beforeThat");
const SAYS_WHICH = words("saysWhich");
/** Verbs of saying, and other words that name nothing a pronoun could stand for. */
const NAMES_NOTHING = words("namesNothing");
/** Nouns that sum up what a clause has said: "…, and this effect grows". Of a concrete noun the thing itself is needed. */
const SUMMING_UP = words("summingUp");
const CLAUSE_ENDS = words("clauseEnds");
/** Two things side by side, which "the latter" and "both" need. */
const SIDE_BY_SIDE = words("sideBySide");
const IRREGULAR_PLURALS = words("irregularPlurals");

interface Mark {
  /** Lower case. */
  readonly word: string;
  /** Stemmed; none of a function word or a mark. */
  readonly terms: readonly string[];
  /** It may be what a pronoun stands for. */
  readonly names: boolean;
}

/** Words and marks that are looked at: each is held against all before it, and no sentence has more. */
const MOST_TOKENS = 400;
const NOTHING: ReadonlySet<string> = new Set();
/** Words of a noun phrase behind "these". */
const LONGEST_NOUN_PHRASE = 4;
/** Content words that a clause has before "this effect" can sum it up. */
const CLAUSE_WORDS = 3;
/** Words behind "it" in which what it stands for begins. */
const EXPLETIVE_REACH = 8;
/** Words behind "both" in which its "and" stands. */
const BOTH_REACH = 14;

/**
 * By English function words and by the nouns that stand before each of them.
 * @param known stemmed terms that a reader has seen before it
 */
export function pointsAway(sentence: string, known: ReadonlySet<string> = NOTHING): boolean {
  const tokens = marksOf(sentence);
  return tokens.some((token, at) => isOpen(token.word, tokens.slice(0, at), tokens.slice(at + 1), known));
}

function marksOf(sentence: string): Mark[] {
  const texts = sentence.match(/[\p{L}\p{N}]+(?:[-'’.][\p{L}\p{N}]+)*|[,;:(—–]|--/gu) ?? [];
  return texts.slice(0, MOST_TOKENS).map((text) => {
    const word = text.toLowerCase();
    const own = terms(text);
    return { word, terms: own, names: own.length > 0 && !NAMES_NOTHING.has(word) };
  });
}

function isOpen(
  word: string,
  before: readonly Mark[],
  behind: readonly Mark[],
  known: ReadonlySet<string>,
): boolean {
  if (FOR_ONE.has(word)) return !isExpletive(word, before, behind) && content(before).length === 0;
  if (FOR_SEVERAL.has(word)) return !hasPlural(before);
  if (word === "former" || word === "latter") return before.at(-1)?.word === "the" && !hasPair(before);
  if (word === "both") return !hasPair(before) && !hasPair(behind.slice(0, BOTH_REACH));
  if (word === "aforementioned") return true;
  if (!(word === "that" ? isDeterminer(before, behind) : WITH_NOUN.has(word))) return false;
  return nounIsOpen(word, before, behind, known);
}

/** "It is known that", "makes it easy to": it stands for what follows. */
function isExpletive(word: string, before: readonly Mark[], behind: readonly Mark[]): boolean {
  if (word !== "it") return false;
  const near = behind.slice(0, EXPLETIVE_REACH);
  const being = near.slice(0, 2).some((token) => BEING.has(token.word));
  return (
    (being || MAKING.has(before.at(-1)?.word ?? "")) && near.some((token) => WHAT_FOLLOWS.has(token.word))
  );
}

/** "To that property"; not "to find that heads differ". */
function isDeterminer(before: readonly Mark[], behind: readonly Mark[]): boolean {
  return BEFORE_THAT.has(before.at(-1)?.word ?? "") && (behind[0]?.names ?? false);
}

function nounIsOpen(
  word: string,
  before: readonly Mark[],
  behind: readonly Mark[],
  known: ReadonlySet<string>,
): boolean {
  const [next] = behind;
  if (next === undefined || SELF.has(next.word) || TIMES.has(next.word)) return false;
  if ((word === "such" || word === "those") && isSaidWhich(next)) return false;
  const phrase = nounPhrase(next.word === "a" || next.word === "an" ? behind.slice(1) : behind);
  const said = new Set([...known, ...before.flatMap((token) => token.terms)]);
  if (phrase.some((token) => token.terms.some((term) => said.has(term)))) return false;
  const sumsUp = phrase.length === 0 || phrase.some(sumsUpClause);
  return !(sumsUp && hasClause(before));
}

/** "Those of GPT-2", "those trained longer", "such that". */
function isSaidWhich({ word }: Mark): boolean {
  return SAYS_WHICH.has(word) || /(?:ed|ing)$/.test(word);
}

function sumsUpClause({ word }: Mark): boolean {
  const singular = word.replace(/ies$/, "y").replace(/(?<=ss|x|ch)es$|(?<=[^su])s$/, "");
  return SUMMING_UP.has(word) || SUMMING_UP.has(singular);
}

/** Up to the next function word or mark, or the noun that is no more than "method"; none behind a bare "this". */
function nounPhrase(behind: readonly Mark[]): readonly Mark[] {
  const end = behind.findIndex((token) => token.terms.length === 0);
  const phrase = behind.slice(0, Math.min(end < 0 ? behind.length : end, LONGEST_NOUN_PHRASE));
  const noun = phrase.findIndex(sumsUpClause);
  return noun < 0 ? phrase : phrase.slice(0, noun + 1);
}

function content(tokens: readonly Mark[]): readonly Mark[] {
  return tokens.filter((token) => token.names);
}

/** A noun in the plural, or two things side by side. */
function hasPlural(before: readonly Mark[]): boolean {
  return (
    hasPair(before) ||
    content(before).some(
      ({ word }) => IRREGULAR_PLURALS.has(word) || (word.length > 3 && /[^siu]s$/.test(word)),
    )
  );
}

function hasPair(tokens: readonly Mark[]): boolean {
  const at = tokens.findIndex(({ word }) => SIDE_BY_SIDE.has(word));
  return at >= 0 && content(tokens.slice(0, at)).length > 0 && content(tokens.slice(at)).length > 0;
}

/** Something is said, and the clause that says it has ended. */
function hasClause(before: readonly Mark[]): boolean {
  const end = before.findLastIndex(({ word }) => CLAUSE_ENDS.has(word));
  return end >= 0 && content(before.slice(0, end)).length >= CLAUSE_WORDS;
}
