/** Questions for the meaning of a word, and the sentences that give it. */
import { terms } from "../../retrieval/terms.ts";

/** "What is X?", "What are X?", "Define X", "What does X mean?": X, which ends where more is asked of it. */
const ASKS =
  /^\W{0,9}(?:(?:so|and|please|can you|could you)\s+)?(?:what(?:['’]s|\s+(?:is|are|was|were|does|do))|define|explain)\s+(?:(?:meant by|the (?:definition|meaning) of)\s+)?(?:an?\s+|the\s+)?([^\s?.!,;:]{1,40}(?:\s[^\s?.!,;:]{1,40}){0,5}?)(?:\s+(?:means?|stand for|to me))?\W{0,9}$/iu;
/** The word that is given its meaning stands behind these: "we call them X", "referred to as X". */
const NAMES_NEXT =
  /\b(?:call(?:s|ed)?|term(?:s|ed)?|dub(?:s|bed)?|named?|coin(?:s|ed)?|known as|(?:refer|referred) to (?:[^\s.;:]{1,30} ){0,6}as)\b/giu;
/** Or before these: "X is a …", "X, which refers to …", "X (XYZ)". */
const NAMED_BEFORE =
  /\s(?:(?:is|are) (?:an?|the|any|those|defined as)\b|(?:that |which )?(?:refers?|means?)\b|\(\p{Lu}[\p{L}-]{1,9}\))/giu;
/** Words next to the cue that hold the word: an adjective, "the so-called". */
const MORE_WORDS = 2;
/** UTF-16 code units in which these words are looked for. */
const REACH = 120;

/** Stemmed terms of the word whose meaning is asked for; none where something else is asked. */
export function definedTerm(question: string): ReadonlySet<string> {
  return new Set(terms(ASKS.exec(question)?.[1] ?? ""));
}

/** Whether the text says what the word means. */
export function defines(text: string, word: ReadonlySet<string>): boolean {
  if (word.size === 0) return false;
  const holds = (words: readonly string[]) => {
    const near = new Set(terms(words.join(" ")));
    return [...word].every((term) => near.has(term));
  };
  const most = word.size + MORE_WORDS;
  const next = [...text.matchAll(NAMES_NEXT)].some(({ 0: cue, index }) => {
    const from = index + cue.length;
    return holds(wordsOf(text.slice(from, from + REACH)).slice(0, most));
  });
  return (
    next ||
    [...text.matchAll(NAMED_BEFORE)].some(({ index }) =>
      holds(wordsOf(text.slice(Math.max(0, index - REACH), index)).slice(-most)),
    )
  );
}

function wordsOf(text: string): string[] {
  return text.split(/[\s-]+/).filter((word) => word !== "");
}
