import { terms } from "../../text/terms.ts";

/** A word of a title, or two that follow each other. */
export interface TitleTerm {
  /** The stems of its words: what makes two terms one. */
  readonly stems: readonly string[];
  /** As it is shown: in lower case, but for words that are written with capitals within ("LLM", "ImageNet"). */
  readonly surface: string;
  readonly isPair: boolean;
}

const WORD = /[\p{L}\p{N}]+(?:[-'’][\p{L}\p{N}]+)*/gu;
/** A capital or a digit after a letter: a name or an abbreviation, not a word of a title with capitals. */
const NAME = /\p{L}[\p{Lu}\p{N}]/u;
const NUMBER = /^\p{N}+$/u;

/** The terms that the title has, each once. Pairs do not reach over punctuation or function words. */
export function titleTerms(title: string): TitleTerm[] {
  const found = new Map<string, TitleTerm>();
  let before: { term: TitleTerm; end: number } | undefined;
  for (const match of title.matchAll(WORD)) {
    const [word] = match;
    const stems = terms(word);
    if (stems.length === 0 || word.length < 2 || NUMBER.test(word)) continue;
    const term = { stems, surface: NAME.test(word) ? word : word.toLowerCase(), isPair: false };
    found.set(keyOf(term), term);
    if (before !== undefined && title.slice(before.end, match.index) === " ") {
      const pair = {
        stems: [...before.term.stems, ...stems],
        surface: `${before.term.surface} ${term.surface}`,
        isPair: true,
      };
      found.set(keyOf(pair), pair);
    }
    before = { term, end: match.index + word.length };
  }
  return [...found.values()];
}

export function keyOf({ stems }: TitleTerm): string {
  return stems.join(" ");
}
