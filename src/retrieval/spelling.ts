/** Words of a question that are misspelt words of the corpus: "sumarize Poniter Networks", "whta are reterival heads". */

import { askedWhole } from "../question/reading/asked-for.ts";
import { STOP_WORDS } from "../text/stop-words.ts";
import { fold, wordsIn } from "../text/words.ts";
import { isMisspelt } from "../util/is-misspelt.ts";
import { nextTurn } from "../util/turns.ts";

const WORD = /[\p{L}\p{N}]+/gu;
/** Letters of a word for each slip that it may hold, where it is no word of English either: "reterival" has two. */
const LETTERS_A_SLIP = 4;
/** Papers that have a word at least, if others may be meant for it: what stands in one alone may be a slip itself. */
const LEAST_PAPERS = 2;
/** Papers read between two turns of the event loop: some 5 ms. */
const SLICE_PAPERS = 64;
/** A name as it is coined is no slip: "word2vec", "DiffCSE". */
const COINED = /\p{N}|\p{L}\p{Lu}/u;

interface Text {
  readonly title: string;
  readonly abstract: string;
}

interface Word {
  /** Words that stand beside it in a title. */
  readonly neighbours: Set<string>;
  papers: number;
  /** The paper that it was last counted for. */
  last: number;
}

interface Options {
  readonly papers: readonly Text[];
  /** Whether any paper has this folded word. */
  readonly isKnown: (word: string) => boolean;
  /** Whether it is a word at all; absent: only what stands beside the right word in a title is put right. */
  readonly isWord?: ((word: string) => boolean) | undefined;
}

export class Spelling {
  readonly #options: Options;
  /** Content words of the papers by first letter; made when a word is first not known. */
  #byLetter: Promise<ReadonlyMap<string, ReadonlyMap<string, Word>>> | undefined;

  constructor(options: Options) {
    this.#options = options;
  }

  /**
   * The question with its misspelt words put right. A word that no paper has is taken for one that it may be a slip for
   * if the word beside it, function words aside, stands beside that one in a title too, or if it alone is asked for
   * ("explain Netwrok"), or if it is no word of English: otherwise it is rather a word that this corpus does not use.
   */
  async correct(question: string): Promise<string> {
    const words = [...question.matchAll(WORD)]
      .map(({ 0: shown, index }) => ({ shown, text: fold(shown), start: index, end: index + shown.length }))
      .filter(({ text }) => !STOP_WORDS.has(text));
    const { isKnown } = this.#options;
    if (words.every(({ text }) => isKnown(text))) return question;
    this.#byLetter ??= vocabularyOf(this.#options.papers);
    const byLetter = await this.#byLetter;
    const options = words.map(({ text }) => (isKnown(text) ? [] : this.#meant(text, byLetter)));
    const whole = wholeWord(question);
    let corrected = question;
    for (let at = words.length - 1; at >= 0; at--) {
      const word = words[at];
      const own = options[at] ?? [];
      if (word === undefined || own.length === 0) continue;
      const beside = [at - 1, at + 1].flatMap((other) => [
        words[other]?.text ?? "",
        ...(options[other] ?? []).map(({ text }) => text),
      ]);
      const alone = own.length === 1 && word.start === whole;
      const meant =
        own.find(({ neighbours }) => alone || beside.some((other) => neighbours.has(other))) ??
        (this.#isSlip(word) ? own[0] : undefined);
      if (meant === undefined) continue;
      corrected = corrected.slice(0, word.start) + meant.text + corrected.slice(word.end);
    }
    return corrected;
  }

  #isSlip({ shown, text }: { shown: string; text: string }): boolean {
    return this.#options.isWord?.(text) === false && !COINED.test(shown);
  }

  /** Words of the corpus that this may be a slip for, and function words; the most common first. */
  #meant(word: string, byLetter: ReadonlyMap<string, ReadonlyMap<string, Word>>) {
    if (word.length < LETTERS_A_SLIP) return [];
    const mayBe = (known: string) => isMisspelt(word, known, LETTERS_A_SLIP);
    const grammar = [...STOP_WORDS]
      .filter((known) => mayBe(known))
      .map((text) => ({ text, neighbours: new Set<string>(), papers: Number.POSITIVE_INFINITY }));
    const content = [...(byLetter.get(word[0] ?? "") ?? [])]
      .filter(
        ([known, { papers, neighbours }]) => (papers >= LEAST_PAPERS || neighbours.size > 0) && mayBe(known),
      )
      .map(([text, { neighbours, papers }]) => ({ text, neighbours, papers }));
    const found = [...grammar, ...content, ...this.#misbegun(word, byLetter)];
    // "memorise" is "memorize" before it is anything else.
    const american = (text: string) => (text === word.replaceAll("is", "iz").replaceAll("ys", "yz") ? 1 : 0);
    return found.sort((a, b) => american(b.text) - american(a.text) || b.papers - a.papers);
  }

  /** With a slip in the first letter, and no other: "ontext", "rtetrieval". */
  #misbegun(word: string, byLetter: ReadonlyMap<string, ReadonlyMap<string, Word>>) {
    if (word.length < LETTERS_A_SLIP) return [];
    const swapped = `${word[1]}${word[0]}${word.slice(2)}`;
    const missing = [...byLetter.keys()].map((letter) => letter + word);
    return [swapped, word.slice(1), ...missing].flatMap((text) => {
      const known = byLetter.get(text[0] ?? "")?.get(text);
      return known === undefined ? [] : [{ text, neighbours: known.neighbours, papers: known.papers }];
    });
  }
}

/** Where the one word begins that is asked for as a whole. */
function wholeWord(question: string): number | undefined {
  const words = wordsIn(question);
  const place = askedWhole(question, words);
  return place?.first === place?.last ? words[place?.first ?? -1]?.start : undefined;
}

async function vocabularyOf(papers: readonly Text[]) {
  const byLetter = new Map<string, Map<string, Word>>();
  const enter = (text: string, paper: number): Word => {
    const alike = byLetter.get(text[0] ?? "") ?? new Map<string, Word>();
    byLetter.set(text[0] ?? "", alike);
    const word = alike.get(text) ?? { neighbours: new Set(), papers: 0, last: -1 };
    alike.set(text, word);
    if (word.last !== paper) word.papers++;
    word.last = paper;
    return word;
  };
  for (const [at, { title, abstract }] of papers.entries()) {
    const content = (text: string) => (fold(text).match(WORD) ?? []).filter((word) => !STOP_WORDS.has(word));
    for (const word of content(abstract)) enter(word, at);
    const words = content(title);
    for (const [place, word] of words.entries()) {
      const { neighbours } = enter(word, at);
      for (const beside of [words[place - 1], words[place + 1]])
        if (beside !== undefined) neighbours.add(beside);
    }
    if (at % SLICE_PAPERS === SLICE_PAPERS - 1) await nextTurn();
  }
  return byLetter;
}
