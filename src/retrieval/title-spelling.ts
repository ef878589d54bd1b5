/** Words of a question that are misspelt words of a title: "sumarize Poniter Networks". */
import { isMisspelt } from "../util/is-misspelt.ts";
import { askedWhole } from "./asked-whole.ts";
import { fold } from "./fold.ts";
import { STOP_WORDS } from "./stop-words.ts";
import { wordsIn } from "./words-in.ts";

const WORD = /[\p{L}\p{N}]+/gu;

export class TitleSpelling {
  readonly #titles: () => Iterable<string>;
  readonly #isKnown: (word: string) => boolean;
  /** Content words of titles by first letter, each with its neighbours; made when a word is first not known. */
  #byLetter: Map<string, Map<string, Set<string>>> | undefined;

  /** @param isKnown whether any paper has this folded word */
  constructor(titles: () => Iterable<string>, isKnown: (word: string) => boolean) {
    this.#titles = titles;
    this.#isKnown = isKnown;
  }

  /**
   * The question with its misspelt title words put right. A word that no paper has is taken for one that it may be a
   * slip for only if the word beside it, function words aside, stands beside that one in a title too: otherwise it is
   * rather a word that this corpus does not use. Nothing need stand beside it where it alone is asked for ("explain
   * Netwrok") and one word alone is like it.
   */
  correct(question: string): string {
    const words = [...question.matchAll(WORD)]
      .map(({ 0: word, index }) => ({ text: fold(word), start: index, end: index + word.length }))
      .filter(({ text }) => !STOP_WORDS.has(text));
    const options = words.map(({ text }) => (this.#isKnown(text) ? undefined : this.#meant(text)));
    const whole = wholeWord(question);
    let corrected = question;
    for (let at = words.length - 1; at >= 0; at--) {
      const beside = [at - 1, at + 1].flatMap((other) => [
        words[other]?.text ?? "",
        ...(options[other]?.keys() ?? []),
      ]);
      const word = words[at];
      const own = [...(options[at] ?? [])];
      const alone = own.length === 1 && word?.start === whole;
      const [meant] =
        own.find(([, neighbours]) => alone || beside.some((word) => neighbours.has(word))) ?? [];
      if (meant === undefined || word === undefined) continue;
      corrected = corrected.slice(0, word.start) + meant + corrected.slice(word.end);
    }
    return corrected;
  }

  /** Words of titles that this may be a slip for. */
  #meant(word: string): Map<string, Set<string>> {
    this.#byLetter ??= neighboursByLetter(this.#titles());
    const alike = this.#byLetter.get(word[0] ?? "") ?? [];
    return new Map([...alike].filter(([known]) => isMisspelt(word, known)));
  }
}

/** Where the one word begins that is asked for as a whole. */
function wholeWord(question: string): number | undefined {
  const words = wordsIn(question);
  const place = askedWhole(question, words);
  return place?.first === place?.last ? words[place?.first ?? -1]?.start : undefined;
}

function neighboursByLetter(titles: Iterable<string>): Map<string, Map<string, Set<string>>> {
  const byLetter = new Map<string, Map<string, Set<string>>>();
  for (const title of titles) {
    const words = (fold(title).match(WORD) ?? []).filter((word) => !STOP_WORDS.has(word));
    for (const [at, word] of words.entries()) {
      const alike = byLetter.get(word[0] ?? "") ?? new Map<string, Set<string>>();
      byLetter.set(word[0] ?? "", alike);
      const neighbours = alike.get(word) ?? new Set<string>();
      alike.set(word, neighbours);
      for (const beside of [words[at - 1], words[at + 1]]) if (beside !== undefined) neighbours.add(beside);
    }
  }
  return byLetter;
}
