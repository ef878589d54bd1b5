/** Words of a text, as the lexical side and the content-word query see them. */
import { LRUCache } from "lru-cache";
import stem from "wink-porter2-stemmer";
import { STOP_WORDS } from "./stop-words.ts";
import { fold } from "./words.ts";

const WORD = /[\p{L}\p{N}]+(?:[-'’][\p{L}\p{N}]+)*/gu;
/** Letters of a word that is stemmed: longer ones are no words, and the stemmer takes quadratic time. */
const LONGEST_STEMMED = 64;
/** Stems are asked for again and again; the vocabulary of a corpus is small beside its length. */
const stems = new Map<string, string>();
/** Entries; past it the cache starts again, so that queries from outside cannot grow it without end. */
const STEM_CACHE_LIMIT = 200_000;

/** Letters from which a text is kept with its terms: an answer asks a dozen times for those of a long question. */
const LONG = 500;
/** As a question has 4,000 letters and an abstract 50,000, a few MB at most. */
const LONG_TEXTS = 32;
const longTexts = new LRUCache<string, readonly string[]>({ max: LONG_TEXTS });

/**
 * The stemmed terms of a text, stop words left out, in order. A hyphenated compound gives its parts and, because
 * authors write "pre-training" and "pretraining" alike, the parts joined.
 */
export function terms(text: string): string[] {
  if (text.length < LONG) return termsIn(text);
  const known = longTexts.get(text) ?? termsIn(text);
  longTexts.set(text, known);
  return [...known];
}

function termsIn(text: string): string[] {
  const found: string[] = [];
  for (const [compound] of fold(text).matchAll(WORD)) {
    const parts = compound.replace(/['’]s$/, "").split(/[-'’]/);
    for (const part of parts) if (!STOP_WORDS.has(part)) found.push(stemOf(part));
    if (parts.length > 1) found.push(stemOf(parts.join("")));
  }
  return found;
}

/** The words of a text that are not stop words, unstemmed and in order, joined by spaces. */
export function contentWords(text: string): string {
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.filter((word) => !STOP_WORDS.has(word.toLowerCase())).join(" ");
}

function stemOf(word: string): string {
  if (word.length > LONGEST_STEMMED) return word;
  const known = stems.get(word);
  if (known !== undefined) return known;
  if (stems.size >= STEM_CACHE_LIMIT) stems.clear();
  const made = stem(word);
  stems.set(word, made);
  return made;
}

/** A term that no paper holds: its idf is the most there is. */
export const UNKNOWN_TERM = "\u0000";
