/** Names in a claim: acronyms, capitalised words and what is written with letters and digits ("BERT", "Plato", "GPT-4"). */
import { terms } from "./terms.ts";

const WORD = /[\p{L}\p{N}]+(?:[-'’.][\p{L}\p{N}]+)*/gu;
/** Written with a capital or a digit behind the first letter: a name wherever it stands. Anchored, to be linear. */
const SHAPED = /^\P{L}*\p{L}.*[\p{Lu}\d]|^\D*\d.*\p{L}/u;
/** Only digits and a unit ("10k", "2x", "7B", "3rd"): a number. */
const NUMBER = /^\d[\d.,]*(?:[kmbtx]|(?<=1)st|(?<=2)nd|(?<=3)rd|th)?$/iu;
/** Letters from which a name is looked for regardless of spaces and hyphens: "US" is in every "fluous". */
const JOINED_LENGTH = 5;
/** Beginnings that acronyms count as words: the A of SAE. */
const COMPOUND = /(?<=^(?:auto|multi|cross|meta|hyper|inter|semi))(?=\p{L})/u;
/** Letters of an acronym that may be spelled out in the source. */
const ACRONYM = /^\p{Lu}[\p{L}]{0,4}\p{Lu}s?$/u;

/**
 * In the order written, "Hugging Face" as one. The first word of a sentence is a name only by its shape.
 */
export function namesIn(text: string): string[] {
  const found: string[] = [];
  /** Where the last name ends, when another word of it may follow. */
  let open = -1;
  for (const { 0: word, index } of text.matchAll(WORD)) {
    const bare = word.replace(/['’]s$/, "");
    const first = /(?:^|[.?!:;–—("“*_|]\s*)$/.test(text.slice(Math.max(0, index - 4), index));
    const isName = SHAPED.test(bare) || (!first && /^\p{Lu}/u.test(bare));
    if (!isName || NUMBER.test(bare) || bare.length < 2) continue;
    if (open >= 0 && index === open + 1) found.push(`${found.pop()} ${bare}`);
    else found.push(bare);
    open = bare === word && text.charAt(index + word.length) === " " ? index + word.length : -1;
  }
  return found;
}

/** What a source names, to look names up in. */
export class NamedIn {
  readonly #terms: ReadonlySet<string>;
  readonly #joined: string;
  /** Lower case. */
  readonly #words: ReadonlySet<string>;
  /** In order, "autoencoder" as two. */
  readonly #stems: readonly string[];

  constructor(text: string) {
    this.#terms = new Set(terms(text));
    this.#joined = joined(text);
    const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
    this.#words = new Set(words);
    this.#stems = words.flatMap((word) => word.split(COMPOUND));
  }

  /** Whether the text holds the name, its capitalised parts, or the words that an acronym stands for. */
  has(name: string): boolean {
    const plain = joined(name).replace(/s$/, "");
    if (plain.length >= JOINED_LENGTH && this.#joined.includes(plain)) return true;
    if (this.#words.has(name.toLowerCase()) || this.#words.has(plain)) return true;
    const parts = terms(name);
    if (parts.length > 0 && parts.every((part) => this.#terms.has(part))) return true;
    const words = name.split(" ");
    if (words.length > 1) return words.every((word) => this.has(word));
    // "Llama-5" is not the "Llama-2" of the source; "MLM-edited" names MLM alone.
    if (/\d/.test(name)) return false;
    const capitalised = name.split("-").filter((part) => /\p{Lu}/u.test(part));
    if (capitalised.length > 0 && capitalised.join("-") !== name)
      return capitalised.every((part) => this.has(part));
    return ACRONYM.test(name) && this.#spells(plain);
  }

  /** "LLM", "ViT", "SAE": the beginnings of at least two words in a row. */
  #spells(letters: string): boolean {
    return this.#stems.some((_, at) => beginWords(letters, this.#stems, at, 0));
  }
}

/** Whether the words from `at` on begin with the letters, shared out among them. At most six letters: at most 2^5 ways. */
function beginWords(letters: string, words: readonly string[], at: number, taken: number): boolean {
  if (letters === "") return taken > 1;
  const word = words[at] ?? "";
  for (let length = 1; length <= letters.length && word.startsWith(letters.slice(0, length)); length++)
    if (beginWords(letters.slice(length), words, at + 1, taken + 1)) return true;
  return false;
}

function joined(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, "").toLowerCase();
}
