/** What claims are held against in a paper, read once: every note of an answer comes back to the same few papers. */
import type { Paper } from "../../protocol.ts";
import { NamedIn } from "../../text/names-in.ts";
import { terms } from "../../text/terms.ts";
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

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Kept as long as the paper itself. */
const known = new WeakMap<Paper, PaperFacts>();

/** @param sentences all of the abstract, in order */
export function factsOf(paper: Paper, sentences: readonly Span[]): PaperFacts {
  const kept = known.get(paper) ?? read(paper, sentences);
  known.set(paper, kept);
  return kept;
}

function read(paper: Paper, sentences: readonly Span[]): PaperFacts {
  const source = `${paper.title}. ${paper.abstract}`;
  return {
    title: new Set(terms(paper.title)),
    numbers: quantitiesIn(source),
    names: new NamedIn(source),
    sentences: sentences.map(({ start, end }, at) => {
      const text = paper.abstract.slice(start, end);
      const near = paper.abstract.slice(sentences[at - 1]?.start ?? start, sentences[at + 1]?.end ?? end);
      return {
        numbers: quantitiesIn(text),
        numbersNear: quantitiesIn(near),
        isNegated: isNegated(text),
        denials: denialsOf(text),
      };
    }),
  };
}
