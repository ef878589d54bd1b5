/** Names in a claim: acronyms, capitalised words and what is written with letters and digits ("BERT", "Plato", "GPT-4"). */
import { terms } from "../../retrieval/terms.ts";

const WORD = /[\p{L}\p{N}]+(?:[-'’.][\p{L}\p{N}]+)*/gu;
/** Written with a capital or a digit behind the first letter: a name wherever it stands. */
const SHAPED = /\p{L}.*[\p{Lu}\d]|\d.*\p{L}/u;
/** Only digits and a unit ("10k", "2x", "7B", "3rd"): a number. */
const NUMBER = /^\d[\d.,]*(?:[kmbtx]|(?<=1)st|(?<=2)nd|(?<=3)rd|th)?$/iu;
/** Letters of an acronym that may be spelled out in the source. */
const ACRONYM = /^\p{Lu}[\p{L}]{0,4}\p{Lu}s?$/u;

/** In the order written. The first word of a sentence is one only by its shape. */
export function namesIn(text: string): string[] {
  const found: string[] = [];
  for (const { 0: word, index } of text.matchAll(WORD)) {
    const bare = word.replace(/['’]s$/, "");
    if (NUMBER.test(bare) || bare.length < 2) continue;
    const first = /(?:^|[.?!:;–—("“*_|]\s*)$/.test(text.slice(Math.max(0, index - 4), index));
    if (SHAPED.test(bare) || (!first && /^\p{Lu}/u.test(bare))) found.push(bare);
  }
  return found;
}

/** What a source names, to look names up in. */
export class NamedIn {
  readonly #terms: ReadonlySet<string>;
  readonly #joined: string;
  /** Lower case. */
  readonly #words: readonly string[];

  constructor(text: string) {
    this.#terms = new Set(terms(text));
    this.#joined = joined(text);
    this.#words = (text.match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => word.toLowerCase());
  }

  /** Whether the text holds the name, its capitalised parts, or the words that an acronym stands for. */
  has(name: string): boolean {
    const plain = joined(name).replace(/s$/, "");
    if (plain !== "" && this.#joined.includes(plain)) return true;
    const parts = terms(name);
    if (parts.length > 0 && parts.every((part) => this.#terms.has(part))) return true;
    // "Llama-5" is not the "Llama-2" of the source; "MLM-edited" names MLM alone.
    if (/\d/.test(name)) return false;
    const capitalised = name.split("-").filter((part) => /\p{Lu}/u.test(part));
    if (capitalised.length > 0 && capitalised.join("-") !== name)
      return capitalised.every((part) => this.has(part));
    return ACRONYM.test(name) && this.#spells(plain);
  }

  /** "LLM": the initials of words in a row; "SAE" and "ViT": letters of two words, from the first of each on. */
  #spells(letters: string): boolean {
    return this.#words.some((word, at) => {
      if (word.charAt(0) !== letters.charAt(0)) return false;
      const row = this.#words.slice(at, at + letters.length);
      if (row.map((one) => one.charAt(0)).join("") === letters) return true;
      const next = row[1] ?? "";
      return [...letters].some(
        (_, cut) => cut > 0 && holds(word, letters.slice(0, cut)) && holds(next, letters.slice(cut)),
      );
    });
  }
}

/** Whether `word` begins with the first of the letters and has the others behind it, in order. */
function holds(word: string, letters: string): boolean {
  let at = 0;
  for (const char of word) if (char === letters.charAt(at)) at++;
  return word.charAt(0) === letters.charAt(0) && at === letters.length;
}

function joined(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, "").toLowerCase();
}
