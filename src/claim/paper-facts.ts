/** What claims are held against in a paper, read once: every note of an answer comes back to the same few papers. */
import type { ReadPaper } from "../corpus/read-paper.ts";
import type { NamedIn } from "../text/names-in.ts";
import { type Denials, denialsOf, isNegated } from "./claim-negation.ts";
import { quantitiesIn } from "./claim-numbers.ts";

export interface SentenceFacts {
  /** Of the sentence alone, and with its neighbours. */
  readonly numbers: ReadonlySet<string>;
  readonly numbersNear: ReadonlySet<string>;
  readonly isNegated: boolean;
  readonly denials: Denials;
}

export interface PaperFacts {
  readonly title: ReadonlySet<string>;
  /** Of title and abstract. */
  readonly numbers: ReadonlySet<string>;
  readonly names: NamedIn;
  /** In the order of the sentences. */
  readonly sentences: readonly SentenceFacts[];
}

/** A part of a paper (corpus/read-paper.ts). */
export function factsOf({ title, abstract, titleTerms, names, sentences }: ReadPaper): PaperFacts {
  return {
    title: titleTerms,
    numbers: quantitiesIn(`${title}. ${abstract}`),
    names,
    sentences: sentences.map(({ start, end, text }, at) => {
      const near = abstract.slice(sentences[at - 1]?.start ?? start, sentences[at + 1]?.end ?? end);
      return {
        numbers: quantitiesIn(text),
        numbersNear: quantitiesIn(near),
        isNegated: isNegated(text),
        denials: denialsOf(text),
      };
    }),
  };
}
