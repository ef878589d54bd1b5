/** Words of a text, as the lexical side and the content-word query see them. */
import { LRUCache } from "lru-cache";
import stem from "wink-porter2-stemmer";
import { STOP_WORDS } from "./stop-words.ts";
import { fold } from "./words.ts";

const WORD = /[\p{L}\p{N}]+(?:[-'’][\p{L}\p{N}]+)*/gu;
/**
 * A run of letters of a script that sets no spaces between words, or whose words carry their particles with them. Which
 * words it holds takes a dictionary to tell; each two letters beside one another do as well in retrieval (J. Nie, J. Gao,
 * J. Zhang, M. Zhou 2000, "On the use of words and n-grams for Chinese information retrieval").
 */
const SPACELESS =
  /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]+/gu;
const HAN = /\p{scx=Han}/u;
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
 * authors write "pre-training" and "pretraining" alike, the parts joined. Scripts without spaces give pairs of letters, and
 * each Chinese character, which is a word as often as not.
 */
export function terms(text: string): string[] {
  if (text.length < LONG) return termsIn(text);
  const known = longTexts.get(text) ?? termsIn(text);
  longTexts.set(text, known);
  return [...known];
}

function termsIn(text: string): string[] {
  const found: string[] = [];
  const folded = fold(text);
  const spaced =
    folded.search(SPACELESS) < 0
      ? folded
      : folded.replace(SPACELESS, (run) => {
          found.push(...pairsOf(run));
          return " ";
        });
  for (const [compound] of spaced.matchAll(WORD)) {
    const parts = compound.replace(/['’]s$/, "").split(/[-'’]/);
    for (const part of parts) if (!STOP_WORDS.has(part)) found.push(stemOf(part));
    if (parts.length > 1) found.push(stemOf(parts.join("")));
  }
  return found;
}

function pairsOf(run: string): string[] {
  // Korean syllables were taken apart with the accents.
  const letters = [...run.normalize("NFC")].filter((letter) => /[\p{L}\p{N}]/u.test(letter));
  if (letters.length === 1) return letters;
  return letters.flatMap((letter, at) => [
    ...(HAN.test(letter) ? [letter] : []),
    ...(at + 1 < letters.length ? [`${letter}${letters[at + 1]}`] : []),
  ]);
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
