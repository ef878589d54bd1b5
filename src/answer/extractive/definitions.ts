/** Questions for the meaning of a word, and the sentences that give it. */
import { finds, tokensOf } from "../../question/phrases.ts";
import type { Question } from "../../question/question.ts";
import { terms } from "../../text/terms.ts";

/** "Retrieval-augmented generation (RAG)" */
const IN_SHORT = /\s\(\p{Lu}[\p{L}-]{1,9}\)/gu;
/** Words next to the cue that hold the word: an adjective, "the so-called". */
const MORE_WORDS = 2;
/** UTF-16 code units in which these words are looked for. */
const REACH = 120;

/** Stemmed terms of the word whose meaning is asked for; none where something else is asked. */
export function definedTerm({ text, tokens }: Question): ReadonlySet<string> {
  const [found] = finds(tokens, "definition");
  const word = found === undefined ? [] : tokens.slice(found.first, found.end);
  // "What is X, and how …" asks for more.
  if (word.slice(0, -1).some(({ isEnd }) => isEnd)) return new Set();
  return new Set(terms(text.slice(word[0]?.start ?? text.length, word.at(-1)?.end)));
}

/** Whether the text says what the word means: "we call them X", "X is a …", "X (XYZ)". */
export function defines(text: string, word: ReadonlySet<string>): boolean {
  if (word.size === 0) return false;
  const holds = (words: readonly string[]) => {
    const near = new Set(terms(words.join(" ")));
    return [...word].every((term) => near.has(term));
  };
  const tokens = tokensOf(text);
  const most = word.size + MORE_WORDS;
  const behind = (at: number) => wordsOf(text.slice(at, at + REACH)).slice(0, most);
  const before = (at: number) => wordsOf(text.slice(Math.max(0, at - REACH), at)).slice(-most);
  return (
    finds(tokens, "namesNext").some(({ end }) => holds(behind(tokens[end - 1]?.end ?? 0))) ||
    finds(tokens, "namedBefore").some(({ first }) => holds(before(tokens[first]?.start ?? 0))) ||
    [...text.matchAll(IN_SHORT)].some(({ index }) => holds(before(index)))
  );
}

function wordsOf(text: string): string[] {
  return text.split(/[\s-]+/).filter((word) => word !== "");
}
